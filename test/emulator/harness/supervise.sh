#!/bin/sh
# Runs a program in this process group until standard input closes, which happens however the caller ends, then ends the
# whole group and removes the folder: supervise.sh FOLDER PROGRAM ARGUMENTS...
folder=$1
shift
exec 3<&0

finish() {
  trap : TERM
  kill -TERM -$$
  tries=0
  while kill -0 "$program" 2>/dev/null && [ "$tries" -lt 50 ]; do
    sleep 0.1
    tries=$((tries + 1))
  done
  rm -rf "$folder"
  kill -KILL -$$
}
trap finish TERM

("$@" </dev/null 3<&-; kill -TERM $$) &
program=$!
cat <&3 >/dev/null &
wait $!
finish
