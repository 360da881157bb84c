#!/bin/sh
# Asks a running `musnad serve` whatever its document allows and forbids (schemathesis, MIT): no 5xx, no answer that its schema does not
# describe. The tool is installed into the folder VENV (.venv-api when empty).
#
#     tools/check_api.sh http://127.0.0.1:7878 [EXAMPLES]
set -eu
venv=${VENV:-.venv-api}
[ -x "$venv/bin/schemathesis" ] || { python3 -m venv "$venv" && "$venv/bin/pip" install --quiet 'schemathesis>=4,<5'; }
exec "$venv/bin/schemathesis" run "$1/api/v1/openapi.json" --url "$1/api/v1" \
    --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance \
    --max-examples "${2:-60}" --workers 2 --continue-on-failure
