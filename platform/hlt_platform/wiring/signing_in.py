"""Who comes with a request, and as which database login the rest of it works: the one place where both are decided."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from hlt_graphql.api.urls import BEARER_PATHS
from hlt_identity.door import REGION_IDP, Actor, MembershipSource
from hlt_identity.errors import NeedsLogin, NeedsStrongerLogin
from hlt_identity.login.backchannel import backchannel_logout
from hlt_identity.login.views import step_up_url, via_of
from hlt_identity.oidc.endpoints import BACKCHANNEL_PATH, host_url
from hlt_identity.roles import RoleCode
from hlt_identity.sessions.cookies import session_key
from hlt_identity.sessions.hats import kommuner_of
from hlt_identity.sessions.places import kommunkod_of
from hlt_identity.sessions.region import RegionMemberships
from hlt_identity.sessions.visits import NOBODY, Visit, visit
from hlt_tenants.registry.context import Where, inside
from hlt_tenants.registry.hosts import KommunHost, open_kommuner
from hlt_tenants.teams.reads import TeamMemberships

View = Callable[[HttpRequest], HttpResponse]
SIGNAL = "signal"
