@echo off
rem Starts Roundel. JAVA_HOME chooses the Java, ROUNDEL_OPTS adds options for it (for example -Xmx4g).
setlocal
for %%i in ("%~dp0..") do set "ROUNDEL_HOME=%%~fi"
if not exist "%ROUNDEL_HOME%\lib\" (
  echo roundel: there is no Roundel in "%ROUNDEL_HOME%": its directory lib is missing. Start bin\roundel.bat where it was installed. 1>&2
  exit /b 3
)
set "ROUNDEL_CHECK=%ROUNDEL_HOME%\"
set "ROUNDEL_ODD="
if not "%ROUNDEL_CHECK:;=%"=="%ROUNDEL_CHECK%" set "ROUNDEL_ODD=yes"
if not "%ROUNDEL_CHECK:!\=%"=="%ROUNDEL_CHECK%" set "ROUNDEL_ODD=yes"
if defined ROUNDEL_ODD (
  echo roundel: Java cannot load a program from a directory with a ';' in its name, or a '!' at its end: "%ROUNDEL_HOME%". Rename it, or move Roundel elsewhere. 1>&2
  exit /b 3
)

set "ROUNDEL_JAVA=java"
if defined JAVA_HOME set "ROUNDEL_JAVA=%JAVA_HOME%\bin\java.exe"

set "ROUNDEL_JAVA_VERSION="
for /f "tokens=3" %%v in ('call "%ROUNDEL_JAVA%" -version 2^>^&1 ^| findstr /i " version "') do if not defined ROUNDEL_JAVA_VERSION set "ROUNDEL_JAVA_VERSION=%%~v"
if not defined ROUNDEL_JAVA_VERSION (
  echo roundel: no Java found: tried "%ROUNDEL_JAVA%". Install Java 17 or later, or set JAVA_HOME to one. 1>&2
  exit /b 3
)
rem 17.0.15 is release 17, 25-ea is 25, and Java 8 calls itself 1.8.
for /f "tokens=1 delims=.-+_" %%v in ("%ROUNDEL_JAVA_VERSION%") do set /a "ROUNDEL_JAVA_RELEASE=%%v"
if %ROUNDEL_JAVA_RELEASE% LSS 17 (
  echo roundel: Java %ROUNDEL_JAVA_VERSION% found ^("%ROUNDEL_JAVA%"^), Java 17 or later needed. Set JAVA_HOME to a newer one. 1>&2
  exit /b 3
)

rem Java takes one collector only; this one unless another is asked for.
set "ROUNDEL_COLLECTOR=-XX:+UseSerialGC"
set | findstr /b "JAVA_TOOL_OPTIONS= JDK_JAVA_OPTIONS= _JAVA_OPTIONS= ROUNDEL_OPTS=" | findstr /r /c:"-XX:+Use[A-Za-z0-9]*GC" > nul && set "ROUNDEL_COLLECTOR="

rem Half of the memory for the heap, unless another size is asked for; compressed pointers bound that at 32 GB.
set "ROUNDEL_HEAP=-XX:MaxRAMPercentage=50"
if defined ROUNDEL_COLLECTOR set "ROUNDEL_HEAP=%ROUNDEL_HEAP% -XX:+UseCompressedOops"
set | findstr /b "JAVA_TOOL_OPTIONS= JDK_JAVA_OPTIONS= _JAVA_OPTIONS= ROUNDEL_OPTS=" | findstr /l /c:"-Xmx" /c:"RAMPercentage=" /c:"-XX:MaxHeapSize=" > nul && set "ROUNDEL_HEAP="

rem From Java 24 on, ND4J's use of native code and of sun.misc.Unsafe must be allowed by name.
set "ROUNDEL_ALLOW="
if %ROUNDEL_JAVA_RELEASE% GEQ 24 set "ROUNDEL_ALLOW=--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"

"%ROUNDEL_JAVA%" %ROUNDEL_COLLECTOR% %ROUNDEL_HEAP% -Xshare:auto -Dfile.encoding=UTF-8 %ROUNDEL_ALLOW% "-Droundel.home=%ROUNDEL_HOME%" "-Dlogback.configurationFile=%ROUNDEL_HOME%\conf\logback.xml" -Dorg.bytedeco.javacpp.logger=slf4j "-Dorg.bytedeco.javacpp.platform.linkpath=%ROUNDEL_HOME%\native" -Dorg.bytedeco.javacpp.cacheLibraries=false -Dorg.bytedeco.javacpp.maxbytes=0 -Dorg.bytedeco.javacpp.maxphysicalbytes=0 %ROUNDEL_OPTS% -cp "%ROUNDEL_HOME%\lib\*" org.roundel.cli.Main %*
exit /b %ERRORLEVEL%
