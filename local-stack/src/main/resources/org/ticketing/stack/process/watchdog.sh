# Reads "+SIGNAL:PID" (guard it), "-PID" (it is gone), "!COMMAND" (run it at the end) and "!" (run
# none) until its input ends, which it does however the writer died. Then ends what is still guarded.
trap '' INT TERM HUP QUIT PIPE
guarded=
commands=
while read -r line; do
  case $line in
    +*) guarded="$guarded ${line#+}" ;;
    -*)
      rest=
      for entry in $guarded; do
        [ "${entry#*:}" = "${line#-}" ] || rest="$rest $entry"
      done
      guarded=$rest
      ;;
    !) commands= ;;
    !*)
      commands="$commands
${line#!}"
      ;;
  esac
done
for entry in $guarded; do
  kill -"${entry%%:*}" "${entry#*:}"
  kill -CONT "${entry#*:}"
done
# Again after a while, for what was being made at this moment and is not there yet. In background:
# if a command hangs, the processes end all the same.
[ -n "$commands" ] && for pause in 0 2 5; do
  sleep $pause
  eval "$commands"
done &
# PostgreSQL kills backends that do not listen after five seconds, so give it a little more.
seconds=0
while [ $seconds -lt 8 ]; do
  alive=
  for entry in $guarded; do
    kill -0 "${entry#*:}" && alive=yes
  done
  [ -n "$alive" ] || exit 0
  sleep 1
  seconds=$((seconds + 1))
done
for entry in $guarded; do
  kill -KILL "${entry#*:}"
done
