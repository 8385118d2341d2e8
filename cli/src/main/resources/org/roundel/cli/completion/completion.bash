#!/usr/bin/env bash
# Completes the words behind "roundel" in bash and zsh. Made by "roundel completion": again when plugins were added.
IFS= read -r -d '' _roundel_engine <<'ROUNDEL_ENGINE' || true
#ENGINE#
ROUNDEL_ENGINE

_complete_roundel() {
  local words=() word line current index
  for ((index = 1; index <= COMP_CWORD; index++)); do
    word=${COMP_WORDS[index]//\\/}
    # Bash cuts words at '=', which is a word of its own then.
    if [[ ${#words[@]} -gt 0 && ($word == = || ${COMP_WORDS[index - 1]} == =) ]]; then
      words[${#words[@]} - 1]+=$word
    else
      words+=("$word")
    fi
  done
  current=${words[${#words[@]} - 1]}
  COMPREPLY=()
  while IFS= read -r line; do
    line=${line%%$'\t'*}
    if [[ $current == *=* && $COMP_WORDBREAKS == *=* ]]; then
      line=${line#"${current%=*}="}
    fi
    printf -v word %q "$line"
    case $line in
      */ | *=) COMPREPLY+=("$word") ;;
      *) COMPREPLY+=("$word ") ;;
    esac
  done < <(sh -c "$_roundel_engine" roundel "${words[@]}")
}

_complete_roundel_in_zsh() {
  local line
  local -a whole shown open
  while IFS= read -r line; do
    case ${line%%$'\t'*} in
      */ | *=) open+=("${line%%$'\t'*}") ;;
      *) whole+=("${line%%$'\t'*}") shown+=("${line/$'\t'/  }") ;;
    esac
  done < <(sh -c "$_roundel_engine" roundel "${(@)words[2,CURRENT]}")
  compadd -S '' -a open
  compadd -l -d shown -a whole
}

if [ -n "${ZSH_VERSION:-}" ]; then
  if ! type compdef > /dev/null 2>&1; then
    autoload -Uz compinit && compinit
  fi
  compdef _complete_roundel_in_zsh roundel
else
  complete -o nospace -o default -F _complete_roundel roundel
fi
