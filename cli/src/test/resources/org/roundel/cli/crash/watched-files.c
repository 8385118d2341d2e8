/*
 * Stands between a program and the C library's file operations (LD_PRELOAD), so that a test can end the program in the
 * midst of one, let one fail, or keep a log of them, and the program has no part in it. What it watches is below the
 * directory FILES_UNDER. Operations: create, open, read, write, sync, truncate, rename (known by the new name), mkdir, delete.
 *
 *   FILES_KILL=OPERATION:N:PATTERN[:TEXT]  SIGKILL before the Nth operation; of a write, half is done before.
 *                                          TEXT: only writes that have it count; standard output is watched, too
 *   FILES_FAIL=OPERATION:N:PATTERN:ERRNO   from the Nth on all fail; OPERATION may be several: @(create|write)
 *   FILES_LOG=FILE                         one line each: operation, number of the open file, argument, path, new path;
 *                                          after that of a write, its bytes
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#define LONGEST 4096
#define FILES 4096

/* The log has operations in the order in which they were done. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char *paths[FILES];
static long numbers[FILES];
static long opened;
static long kills;
static long failures;

/* Where a path leads, if that is below the watched directory; else NULL. */
static const char *watched(const char *path, char *whole) {
  const char *under = getenv("FILES_UNDER");
  if (under == NULL || *under == 0 || path == NULL) {
    return NULL;
  }
  if (path[0] == '/') {
    snprintf(whole, LONGEST, "%s", path);
  } else {
    char here[LONGEST];
    if (getcwd(here, sizeof here) == NULL) {
      return NULL;
    }
    snprintf(whole, LONGEST, "%.2000s/%.2000s", here, path);
  }
  size_t length = strlen(under);
  return strncmp(whole, under, length) == 0 && (whole[length] == '/' || whole[length] == 0) ? whole : NULL;
}

static const char *path_of(int file) { return file >= 0 && file < FILES ? paths[file] : NULL; }

struct turn {
  char operation[64];
  char pattern[LONGEST];
  char rest[64];
  long n;
};

/* Whether a variable speaks of such an operation on such a file. */
static int concerns(const char *variable, const char *operation, const char *path, struct turn *turn) {
  const char *wanted = getenv(variable);
  turn->rest[0] = 0;
  return wanted != NULL && sscanf(wanted, "%63[^:]:%ld:%4000[^:]:%63s", turn->operation, &turn->n, turn->pattern, turn->rest) >= 3
      && fnmatch(turn->operation, operation, FNM_EXTMATCH) == 0 && fnmatch(turn->pattern, path, 0) == 0;
}

static int kills_now(const char *operation, const char *path, const void *bytes, size_t length) {
  struct turn turn;
  if (!concerns("FILES_KILL", operation, path, &turn)) {
    return 0;
  }
  size_t text = strlen(turn.rest);
  return (text == 0 || memmem(bytes, length, turn.rest, text) != NULL) && ++kills == turn.n;
}

/* What an operation fails with, or 0. */
static int failure_of(const char *operation, const char *path) {
  struct turn turn;
  return concerns("FILES_FAIL", operation, path, &turn) && ++failures >= turn.n ? atoi(turn.rest) : 0;
}

static void end(void) {
  kill(getpid(), SIGKILL);
  for (;;) {
    pause();
  }
}

/* Called before an operation but a write: ends the program, or returns what it fails with, or 0. */
static int before(const char *operation, const char *path) {
  if (kills_now(operation, path, "", 0)) {
    end();
  }
  return failure_of(operation, path);
}

static void put(int log, const void *bytes, size_t length) {
  while (length > 0) {
    long written = syscall(SYS_write, log, bytes, length);
    if (written <= 0) {
      abort();
    }
    bytes = (const char *) bytes + written;
    length -= written;
  }
}

/* Called after an operation that was done. */
static void keep(const char *operation, long number, long long argument, const char *path, const char *other,
                 const void *bytes, size_t length) {
  const char *file = getenv("FILES_LOG");
  if (file == NULL || *file == 0) {
    return;
  }
  int cause = errno;
  long log = syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  char line[3 * LONGEST];
  int count = snprintf(line, sizeof line, "%s\t%ld\t%lld\t%s\t%s\n", operation, number, argument, path, other);
  put((int) log, line, count);
  put((int) log, bytes, length);
  syscall(SYS_close, log);
  errno = cause;
}

/* What is printed goes to a file that was open before. */
__attribute__((constructor)) static void watch_output(void) {
  char target[LONGEST];
  const char *wanted = getenv("FILES_KILL");
  ssize_t length = wanted == NULL || *wanted == 0 ? -1 : readlink("/proc/self/fd/1", target, sizeof target - 1);
  if (length > 0 && target[0] == '/') {
    target[length] = 0;
    paths[1] = strdup(target);
  }
}

static void enter(void) { pthread_mutex_lock(&lock); }

static void leave(void) { pthread_mutex_unlock(&lock); }

static int real_open(int directory, const char *path, int flags, mode_t mode) {
  return (int) syscall(SYS_openat, directory, path, flags, mode);
}

static int open_watched(int directory, const char *path, int flags, mode_t mode) {
  char whole[LONGEST];
  const char *known = directory == AT_FDCWD || (path != NULL && path[0] == '/') ? watched(path, whole) : NULL;
  if (known == NULL) {
    return real_open(directory, path, flags, mode);
  }
  enter();
  const char *operation = flags & O_CREAT ? "create" : "open";
  int failure = before(operation, known);
  int file = failure ? -1 : real_open(directory, path, flags, mode);
  if (file >= 0 && file < FILES) {
    free(paths[file]);
    paths[file] = strdup(known);
    numbers[file] = ++opened;
    keep(operation, numbers[file], (flags & O_TRUNC) != 0, known, "", "", 0);
  }
  leave();
  if (failure) {
    errno = failure;
  }
  return file;
}

#define OPEN(name)                                    \
  int name(const char *path, int flags, ...) {        \
    va_list rest;                                     \
    va_start(rest, flags);                            \
    mode_t mode = va_arg(rest, mode_t);               \
    va_end(rest);                                     \
    return open_watched(AT_FDCWD, path, flags, mode); \
  }
OPEN(open)
OPEN(open64)

#define OPEN_AT(name)                                        \
  int name(int directory, const char *path, int flags, ...) { \
    va_list rest;                                            \
    va_start(rest, flags);                                   \
    mode_t mode = va_arg(rest, mode_t);                      \
    va_end(rest);                                            \
    return open_watched(directory, path, flags, mode);       \
  }
OPEN_AT(openat)
OPEN_AT(openat64)

int close(int file) {
  if (path_of(file) != NULL) {
    enter();
    free(paths[file]);
    paths[file] = NULL;
    leave();
  }
  return (int) syscall(SYS_close, file);
}

/* Writes at a place, or where the file stands if that is negative. */
static ssize_t write_watched(int file, const void *bytes, size_t length, off_t place) {
  const char *path = path_of(file);
  ssize_t written;
  if (path == NULL) {
    return place < 0 ? syscall(SYS_write, file, bytes, length) : syscall(SYS_pwrite64, file, bytes, length, place);
  }
  enter();
  off_t start = place;
  if (place < 0) {
    int appends = fcntl(file, F_GETFL) & O_APPEND;
    start = lseek(file, 0, appends ? SEEK_END : SEEK_CUR);
  }
  if (kills_now("write", path, bytes, length)) {
    syscall(SYS_pwrite64, file, bytes, length / 2, start);
    end();
  }
  int failure = failure_of("write", path);
  if (failure) {
    errno = failure;
    written = -1;
  } else {
    written = place < 0 ? syscall(SYS_write, file, bytes, length) : syscall(SYS_pwrite64, file, bytes, length, place);
    if (written > 0) {
      char size[32];
      snprintf(size, sizeof size, "%ld", (long) written);
      keep("write", numbers[file], start, path, size, bytes, written);
    }
  }
  leave();
  return written;
}

ssize_t write(int file, const void *bytes, size_t length) { return write_watched(file, bytes, length, -1); }
ssize_t pwrite(int file, const void *bytes, size_t length, off_t place) { return write_watched(file, bytes, length, place); }
ssize_t pwrite64(int file, const void *bytes, size_t length, off_t place) { return write_watched(file, bytes, length, place); }

static ssize_t read_watched(int file, void *bytes, size_t length, off_t place) {
  const char *path = path_of(file);
  if (path != NULL) {
    enter();
    int failure = before("read", path);
    leave();
    if (failure) {
      errno = failure;
      return -1;
    }
  }
  return place < 0 ? syscall(SYS_read, file, bytes, length) : syscall(SYS_pread64, file, bytes, length, place);
}

ssize_t read(int file, void *bytes, size_t length) { return read_watched(file, bytes, length, -1); }
ssize_t pread(int file, void *bytes, size_t length, off_t place) { return read_watched(file, bytes, length, place); }
ssize_t pread64(int file, void *bytes, size_t length, off_t place) { return read_watched(file, bytes, length, place); }

/* What is done to an open file. */
static int with_file(const char *operation, int file, long long argument, long (*real)(int, long long)) {
  const char *path = path_of(file);
  if (path == NULL) {
    return (int) real(file, argument);
  }
  enter();
  int failure = before(operation, path);
  int result = failure ? -1 : (int) real(file, argument);
  if (result == 0) {
    keep(operation, numbers[file], argument, path, "", "", 0);
  }
  leave();
  if (failure) {
    errno = failure;
  }
  return result;
}

static long real_sync(int file, long long none) { return syscall(SYS_fsync, file, none); }
static long real_truncate(int file, long long length) { return syscall(SYS_ftruncate, file, length); }

int fsync(int file) { return with_file("sync", file, 0, real_sync); }
int fdatasync(int file) { return with_file("sync", file, 0, real_sync); }
int ftruncate(int file, off_t length) { return with_file("truncate", file, length, real_truncate); }
int ftruncate64(int file, off_t length) { return with_file("truncate", file, length, real_truncate); }

/* What is done to a name; the operation is known by the last one. */
static int with_names(const char *operation, const char *path, const char *other, long argument,
                      long (*real)(const char *, const char *, long)) {
  char whole[LONGEST];
  char renamed[LONGEST];
  const char *from = watched(path, whole);
  const char *to = other == NULL ? "" : watched(other, renamed);
  if (from == NULL || to == NULL) {
    return (int) real(path, other, argument);
  }
  enter();
  int failure = before(operation, *to ? to : from);
  int result = failure ? -1 : (int) real(path, other, argument);
  if (result == 0) {
    keep(operation, 0, argument, from, to, "", 0);
  }
  leave();
  if (failure) {
    errno = failure;
  }
  return result;
}

static long real_rename(const char *from, const char *to, long none) {
  (void) none;
  return syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}
static long real_mkdir(const char *path, const char *none, long mode) {
  (void) none;
  return syscall(SYS_mkdirat, AT_FDCWD, path, mode);
}
static long real_delete(const char *path, const char *none, long flags) {
  (void) none;
  return syscall(SYS_unlinkat, AT_FDCWD, path, flags);
}

int rename(const char *from, const char *to) { return with_names("rename", from, to, 0, real_rename); }
int mkdir(const char *path, mode_t mode) { return with_names("mkdir", path, NULL, mode, real_mkdir); }
int unlink(const char *path) { return with_names("delete", path, NULL, 0, real_delete); }
int rmdir(const char *path) { return with_names("delete", path, NULL, AT_REMOVEDIR, real_delete); }
