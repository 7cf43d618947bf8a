#!/bin/sh
# The browser tests drive the system's Chromium. Install it where that is allowed; say so where it is not.
set -eu
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "installing Chromium for the browser tests"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -yqq chromium fonts-dejavu-core >/dev/null
  exit 0
fi
echo "No Chromium here, and no right to install it: the browser tests will be left out."
echo "To run them: install the package 'chromium' (Debian: sudo apt-get install chromium)."
[ -z "${CI:-}" ] || exit 1
