# Prints what a word can become, one candidate a line, a tab and its meaning behind it. Candidates that end with / or = are not yet a
# whole word. The arguments are the words behind "roundel" up to the one to complete, which may be empty.
# A shell for all systems: no arrays, no local names.
set -f
tab='	'
command='' option='' expects='' place=0 run=''
chosen_model='' chosen_quantizer='' chosen_optimizer='' chosen_schedule='' chosen_dataset='' chosen_exporter=''

lines() { printf '%s\n' "$@"; }

#TABLES#

note() { # OPTION VALUE
  case $1 in
    --model) chosen_model=$2 ;;
    --quantizer) chosen_quantizer=$2 ;;
    --optimizer) chosen_optimizer=$2 ;;
    --schedule) chosen_schedule=$2 ;;
    --dataset) chosen_dataset=$2 ;;
    --format) chosen_exporter=$2 ;;
  esac
}

runs() { # PREFIX: directories that are runs, and those that hold some
  set +f
  for path in "$1"*; do
    if [ -f "$path/manifest.json" ]; then
      lines "$path"
    elif [ -d "$path" ]; then
      for found in "$path"/*/manifest.json; do
        if [ -f "$found" ]; then lines "${found%/manifest.json}"; fi
      done
    fi
  done
  set -f
}

files() { # PREFIX
  set +f
  for path in "$1"*; do
    if [ -d "$path" ]; then lines "$path/"; elif [ -e "$path" ]; then lines "$path"; fi
  done
  set -f
}

directories() { files "$1" | while IFS= read -r path; do case $path in */) lines "$path" ;; esac; done; }

checkpoints() {
  lines newest best
  if [ -z "$run" ]; then return; fi
  set +f
  for path in "$run"/checkpoints/*/state.json; do
    if [ -f "$path" ]; then path=${path%/state.json} && lines "${path##*/}"; fi
  done
  set -f
}

offer() { # KIND PREFIX
  case $1 in
    run) runs "$2" ;;
    run-or-file) runs "$2" && files "$2" ;;
    file) files "$2" ;;
    directory) directories "$2" ;;
    checkpoint) checkpoints ;;
    key) { lines_of setting && keys model && keys quantizer && keys optimizer && keys schedule && keys dataset; } | sort -u -t "$tab" -k 1,1 ;;
    key:*) keys "${1#key:}" | sort -u -t "$tab" -k 1,1 ;;
    =*) for word in ${1#=}; do lines "$word"; done ;;
    value | '') ;;
    *) lines_of "$1" ;;
  esac
}

# Reads the words before the one to complete.
while [ $# -gt 1 ]; do
  word=$1
  shift
  if [ -n "$expects" ]; then
    note "$option" "$word"
    expects=''
    continue
  fi
  case $word in
    -*=*) note "${word%%=*}" "${word#*=}" ;;
    -*)
      option=$word
      takes "$command $word"
      expects=$takes
      ;;
    *)
      below "$command"
      case " $below " in
        *" $word "*) command="${command:+$command }$word" ;;
        *)
          if [ "$place" -eq 0 ]; then run=$word; fi
          place=$((place + 1))
          ;;
      esac
      ;;
  esac
done
run=${run%/}
current=$1

prefix='' kind=$expects
case $kind$current in
  -*=*)
    takes "$command ${current%%=*}"
    prefix=${current%%=*}= kind=${takes:-value}
    ;;
  -*) kind=option ;;
  '' | [!-]*)
    if [ -z "$kind" ]; then
      below "$command"
      takes "$command $place"
      kind=$takes
    fi
    ;;
esac
part=${current#"$prefix"}

{
  if [ "$kind" = option ]; then
    options "$command"
  elif [ -z "$expects$prefix" ] && [ -n "${below:-}" ] && [ "$place" -eq 0 ]; then
    commands "$command"
    offer "$kind" "$part"
  else
    offer "$kind" "$part"
  fi
} | while IFS= read -r line; do
  case $line in "$part"*) lines "$prefix$line" ;; esac
done
