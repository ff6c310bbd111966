# Completion of relata for bash. Asks the program itself for its commands and options, so it knows
# those of the version that is installed.

_relata() {
  local word=${COMP_WORDS[COMP_CWORD]}
  local program=${COMP_WORDS[0]}
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    local commands
    commands=$("$program" --help 2>/dev/null |
      sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p')
    mapfile -t COMPREPLY < <(compgen -W "$commands help --help --version" -- "$word")
    return
  fi
  local command=${COMP_WORDS[1]}
  # The help of convert lists formats and tools under these heads.
  local head=
  case ${COMP_WORDS[COMP_CWORD - 1]} in
    --for) head='Tools for --for, and what they open:' ;;
    --to | --format) head='Formats written:' ;;
  esac
  if [[ -n $head ]]; then
    local words
    words=$("$program" convert --help 2>/dev/null |
      sed -n "/^$head/,/^[^ ]*:\$/s/^  \([a-z][a-z0-9-]*\) .*/\1/p")
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
    return
  fi
  if [[ $word == -* ]]; then
    local options
    options=$("$program" "$command" --help 2>/dev/null | grep -oE -- '(^| |,)--[a-z-]+' | tr -d ' ,')
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
    return
  fi
  compopt -o filenames
  mapfile -t COMPREPLY < <(compgen -f -- "$word")
}

complete -F _relata relata
