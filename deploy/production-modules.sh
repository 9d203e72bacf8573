#!/bin/sh
# Installs into ./node_modules what the running service takes, and nothing for other processors or databases.
set -eu
npm ci --omit=dev --no-audit --no-fund
# Packages that others merely know of (optional peers, such as the tools that build) go only when nothing here names them.
npm pkg delete devDependencies
npm prune --no-audit --no-fund
find node_modules/@temporalio/core-bridge/releases -mindepth 1 -maxdepth 1 ! -name "$(uname -m)-unknown-linux-gnu" -exec rm -rf {} +
find node_modules/@prisma/client/runtime -name 'query_compiler_*' ! -name '*postgresql*' -delete
npm cache clean --force >/dev/null 2>&1
