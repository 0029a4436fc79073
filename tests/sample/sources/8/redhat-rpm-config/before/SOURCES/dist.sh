#!/bin/bash
# Prints what the system is that a package is built on:
#   --el      the letters el and the number
#   --distnum the number
#   --disttype what it is called

release=/etc/system-release
redhat=no
fedora=no

if [ -r "$release" ]; then
    line=$(head -n 1 "$release")
    case "$line" in
    "Fedora"*) fedora=yes ;;
    "Red Hat Enterprise Linux"*|"CentOS"*) redhat=yes ;;
    esac
    number=$(echo "$line" | sed -e 's/[^0-9]*\([0-9]*\).*/\1/')
fi

case "$1" in
--el)       [ $redhat = yes ] && echo "el$number" ;;
--fc)       [ $fedora = yes ] && echo "fc$number" ;;
--distnum)  echo "$number" ;;
--disttype) [ $redhat = yes ] && echo el || echo fc ;;
*)          [ $redhat = yes ] && echo ".el$number" || echo ".fc$number" ;;
esac
