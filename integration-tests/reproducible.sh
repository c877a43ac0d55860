#!/usr/bin/env bash
# Builds what is published twice, each time from a clean copy of the last commit in a folder of its own, and compares it byte for
# byte. The exit status is 0 when nothing differs. Needs the network: the bill of materials is not made without.
#
#   integration-tests/reproducible.sh [MAVEN ARGUMENT...]
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for copy in one another; do
  # Another name, length and depth of the folder: none of them may be in a jar.
  folder=$work/$copy/$([ $copy = one ] || echo deeper/)build
  mkdir -p "$folder"
  git -C "$root" archive HEAD | tar -x -C "$folder"
  (cd "$folder" && mvn -q -B -ntp -pl agent,junit -am package -Dmaven.test.skip=true -Dspotless.check.skip=true "$@")
  mv "$folder" "$work/$copy-build"
done
status=0
cd "$work/one-build"
for file in agent/target/leakwatch.jar agent/target/leakwatch-sbom.json agent/target/leakwatch-sbom.xml junit/target/leakwatch-junit-*.jar; do
  if cmp "$file" "$work/another-build/$file"; then
    echo "same: $file ($(sha256sum "$file" | cut -c1-16), $(stat -c %s "$file") bytes)"
  else
    status=1
  fi
done
exit $status
