"""Files as people leave them in ``~/.aws``: aliases of every kind, and config and credentials that are nearly right."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.cases import Case

ALIASES = """\
[toplevel]
eps = sagemaker list-endpoints --max-items 1
Upper = sagemaker list-endpoints
dash-x = sagemaker
two = sagemaker
  list-endpoints
  --output text
quoted = sagemaker describe-endpoint --endpoint-name 'a b'
env = !echo "$AWS_PROFILE:$AWS_REGION:$1"
fn = !f() { echo "[$1][$2]"; exit 7; }; f
empty =
blank = !
unk = nosuch list
badq = sagemaker 'x
prof = sagemaker list-endpoints --profile x
dbg = sagemaker list-endpoints --debug
a1 = a2
a2 = sagemaker list-endpoints
l1 = l2
l2 = l1
sagemaker = sagemaker --region eu-west-1
ver = --version
opt = --output text
q = sagemaker list-endpoints --query Endpoints[0]
reg = sagemaker list-endpoints --region us-west-2 --output yaml
ep = sagemaker list-endpoints --endpoint-url x
h = sagemaker nope
dd = sagemaker -- list-endpoints
uni = sagemaker list-endpoints --name-contains é😀
cmt = sagemaker list-endpoints # hi
nosign = sagemaker list-endpoints --no-sign-request
pag = sagemaker list-endpoints --no-paginate
tmo = sagemaker list-endpoints --cli-read-timeout x
bado = sagemaker list-endpoints --output bad
[command sagemaker]
ls = list-endpoints
lsx = list-endpoints --max-items 1
list-models = list-models --max-items 1
show = describe-endpoint --endpoint-name
bad = nosuch
list-tags = list-endpoints
w = wait endpoint-in-service
sh = !echo "x $@"
ls2 = ls --output text
bp = list-endpoints --profile x
[command sagemaker list-endpoints]
one = --max-items 1
txt = --output text
reg = --region eu-west-1
bang = !echo bang
both = one txt
q = --query Endpoints[0]
unk = --nope
emp =
prof = --profile x
[command sagemaker describe-endpoint]
prod = --endpoint-name prod
[command sagemaker wait]
eis = endpoint-in-service --endpoint-name x
[command sagemaker wait endpoint-in-service]
x = --endpoint-name x
"""

#: What is typed with them.
TYPED = """\
eps
eps --max-items 2
eps --output text
upper
Upper
dash-x list-endpoints
two
two --output json
quoted
env a
env --region x b
env --profile p
fn a b
fn 'a b'
fn --output text
fn --output bad
fn -- --output text
empty
blank
unk
badq
prof
dbg
a1
a1 --output text
l1
sagemaker list-endpoints
sagemaker list-endpoints --region us-east-2
ver
opt
opt sagemaker list-endpoints
q
q --query x
reg --region a --output json
ep
h
dd
uni
cmt
nosign
pag
pag --max-items 1
tmo
bado
ep --endpoint-url y
nosuch
epss
--output text eps
--bogus eps
eps --bogus
eps x y
--version eps
sagemaker ls
sagemaker lsx
sagemaker lsx --max-items 2
sagemaker list-models
sagemaker show
sagemaker show prod
sagemaker show prod x
sagemaker bad
sagemaker list-tags
sagemaker list-tags --resource-arn a
sagemaker w
sagemaker w --endpoint-name x
sagemaker sh a b
sagemaker sh --region x --nope
sagemaker ls2
sagemaker bp
sagemaker lss
sagemaker lis
sagemaker list-endpoints one
sagemaker list-endpoints one txt
sagemaker list-endpoints one --max-items 2
sagemaker list-endpoints --max-items 2 one
sagemaker list-endpoints txt reg
sagemaker list-endpoints bang a b
sagemaker list-endpoints both
sagemaker list-endpoints q
sagemaker list-endpoints unk
sagemaker list-endpoints emp
sagemaker list-endpoints prof
sagemaker list-endpoints nosuch
sagemaker list-endpoints on
sagemaker list-endpoints one one
sagemaker list-endpoints --output yaml txt
sagemaker ls one
sagemaker ls txt
sagemaker describe-endpoint prod
sagemaker describe-endpoint --endpoint-name a prod
sagemaker describe-endpoint prod --output text
sagemaker wait eis
sagemaker wait eis --endpoint-name y
sagemaker wait nosuch
sagemaker wait endpoint-in-service x
sagemaker wait endpoint-in-service x --endpoint-name z
--region x sagemaker ls
--profile nope eps
--profile nope sagemaker ls
eps --profile nope
sagemaker --max-results=1 ls
"""

#: Alias files that are hardly any; each defines ``x`` or tries to.
ALIAS_FILES = (
    "[toplevel\nx=y\n", "x = y\n", "[toplevel]\nx\n", "[toplevel]\n = y\n",
    "[toplevel]\nx = sagemaker list-endpoints\nx = sagemaker list-models\n",
    "[toplevel]\nx = sagemaker list-endpoints\n[toplevel]\ny = sagemaker list-endpoints\n",
    "[toplevel]\nx = \u00e9\udcff\n", "\ufeff[toplevel]\nx = sagemaker list-endpoints\n",
    "[TOPLEVEL]\nx = sagemaker list-endpoints\n", "[command  sagemaker]\nx = list-endpoints\n", "[command]\nx = y\n",
    "[toplevel]\nx : sagemaker list-endpoints\n", "[toplevel]\nx = %(a)s\n", "[default]\nx=y\n",
    "[DEFAULT]\nx=sagemaker list-endpoints\n[toplevel]\n", "[toplevel]\nx y = sagemaker list-endpoints\n",
    "[command 'sagemaker]\nx=y\n", "", "[toplevel]\nx =\n  sagemaker\n\n  list-endpoints\n",
    "[toplevel]\nx = sagemaker list-endpoints ; c\n", "[toplevel]\n# c\n; d\nx = sagemaker list-endpoints\n",
)  # fmt: skip

#: Config files, or credentials, with a slip or a liberty.
CONFIG_FILES = (
    "[default]\nregion=eu-west-1\noutput : text\n", "[default]\n  region = x\n", "[default\n", "region = x\n",
    "[default]\nregion\n", "[default]\nregion = a\nregion = b\n",
    "[default]\nregion = eu-west-1\n[default]\noutput = text\n",
    "[profile a]\nregion=eu-west-1\n[profile a]\noutput=text\n", "[default]\ns3 =\n  a = b\n  c = d\n",
    "[default]\ns3 =\n  a\n", "[default]\ns3 =\n  a = b\n    c = d\n", "[default]\nregion = eu-west-1 # c\n",
    "[default]\n# region = a\n; x\nregion = eu-west-1\n", "[profile \"a b\"]\nregion=eu-west-1\n",
    "[profile 'a\nregion=x\n", "[profile  a]\nregion=x\n", "[ default ]\nregion=eu-west-1\n",
    "[profile default]\nregion=eu-west-2\n[default]\nregion=eu-west-1\n",
    "[default]\nregion=eu-west-1\n[profile default]\nregion=eu-west-2\n", "\ufeff[default]\nregion=eu-west-1\n",
    "[default]\r\nregion=eu-west-1\r\n", "[default]\nregion=eu-west-1\n\udcff\n",
    "[default]\noutput=text\n[preview]\nx=y\n", "[sso-session x]\nsso_region=a\n[services]\n", "[plugins]\nx=y\n",
    "[default]\nregion = %(x)s\n", "[default]\nregion = ${HOME}\n", "[DEFAULT]\noutput=text\n",
    "[Default]\nregion=eu-west-1\n", "[default]\nREGION=eu-west-1\n", "[default]\nregion=\n eu-west-1\n", "", "\n",
    "[]\n", "[default]\n=x\n", "[default]x\nregion=eu-west-1\n",
    "[default]\nregion=eu-west-1\nservices = s\n[services s]\nsagemaker =\n  endpoint_url = {ENDPOINT}/svc\n",
)  # fmt: skip
LIST = ["sagemaker", "list-endpoints"]


def written() -> Iterator[Case]:
    """Each alias as it is typed, and each of the other files for a few commands."""
    answer = json.dumps({"Endpoints": [{"EndpointName": "prod", "CreationTime": 1700000000}]})
    replies = [{"status": 200, "body": answer}]
    for line in TYPED.splitlines():
        yield {"argv": shlex.split(line), "home": {".aws/cli/alias": ALIASES}, "responses": replies}
    for text in ALIAS_FILES:
        for argv in (["x"], LIST, ["sagemaker", "x"]):
            yield {"argv": argv, "home": {".aws/cli/alias": text}, "responses": replies}
    for text in CONFIG_FILES:
        for name in (".aws/config", ".aws/credentials"):
            yield {"argv": LIST, "home": {name: text}, "env": {"AWS_DEFAULT_REGION": None}, "responses": replies}
        for argv in ([*LIST, "--profile", "a"], ["--version"]):
            yield {"argv": argv, "home": {".aws/config": text}, "responses": replies}
