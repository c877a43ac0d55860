#!/usr/bin/env bash
# Runs the JDK's own tests with the agent and without, and compares the results test by test.
#
#   integration-tests/jdk/compare.sh TESTS JDK [FOLDER...]
#
# TESTS   the folder `test` of the JDK's source (of the tag that JDK was built from, or near it)
# JDK     the home of the JDK to test on
# FOLDER  below TESTS/jdk; by default what has to do with threads and executors
#
# Needs the built agent (mvn package), Maven for the tests' libraries, and gcc for tests with a native part. Environment:
# HANGS, seconds after which a test counts as hanging (900); WORK, the folder to work in, which keeps what failed.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
tests=$1
jdk=$2
shift 2
[ $# -gt 0 ] || set -- java/util/concurrent java/lang/Thread java/util/Timer
work=${WORK:-$(mktemp -d)}
agent=${AGENT:-$here/../../agent/target/leakwatch.jar}
mkdir -p "$work/libs" "$work/tool"
[ -n "$(ls "$work/libs")" ] || mvn -q -B -ntp -f "$here/pom.xml" dependency:copy-dependencies -DoutputDirectory="$work/libs"
jars="$work/tool$(find "$work/libs" -name '*.jar' -printf ':%p')"
"$jdk/bin/javac" -d "$work/tool" -cp "$jars" "$here"/*.java
echo "work folder: $work"
"$jdk/bin/java" -cp "$jars" CompareJdkTests "$tests" "$work" "$jars" "$(readlink -f "$agent")" "${HANGS:-900}" "$@"
