# Completes the words behind "roundel" in fish. Made by "roundel completion fish": again when plugins were added.
set -g __roundel_engine '#ENGINE#'

function __complete_roundel
    set -l before (commandline -opc)
    sh -c $__roundel_engine roundel $before[2..-1] (commandline -ct)
end

complete -c roundel -e
complete -c roundel -f -a '(__complete_roundel)'
