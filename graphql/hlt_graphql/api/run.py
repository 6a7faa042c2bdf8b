"""Limits, execution and masking of one operation; knows no HTTP, so that pages ask the same way (regional §2)."""

import logging
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import uuid4

from graphql import (
    DocumentNode,
    ExecutionContext,
    FieldNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    ListValueNode,
    OperationDefinitionNode,
    Visitor,
    get_operation_ast,
    parse,
    specified_rules,
    validate,
    value_from_ast_untyped,
    visit,
)
from graphql.execution import execute_sync
from graphql.execution.values import get_variable_values
from graphql.validation import ASTValidationRule, ValuesOfCorrectTypeRule

from hlt_graphql.api.errors import (
    BadRequest,
    BadValue,
    DocumentInvalid,
    IntrospectionOff,
    MutationByGet,
)
from hlt_graphql.api.limits import TOKENS, Ruler, check_lists, check_operation, check_source
from hlt_identity.errors import HltError

LOG = logging.getLogger("hlt.api")
MOST_ERRORS = 5
KNOWN_DOCUMENTS = 128  # of at most 16 384 characters each
BAD_VALUE = {"code": BadValue.code, "nextStep": BadValue.next_step}
# A hint at names that were not asked for is a way to read the schema word by word.
sys.modules["graphql.pyutils.did_you_mean"].MAX_LENGTH = 0  # type: ignore[attr-defined]

Weight = Callable[[str, str, Mapping[str, object]], tuple[int, int]]


class QuietValues(ValuesOfCorrectTypeRule):
    """The specification's rule without the value in its text: a refusal never repeats what it refused."""

    def report_error(self, error: GraphQLError) -> None:
        super().report_error(GraphQLError(BadValue.sentence, error.nodes, extensions=BAD_VALUE))


RULES: tuple[type[ASTValidationRule], ...] = tuple(
    QuietValues if rule is ValuesOfCorrectTypeRule else rule for rule in specified_rules
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One operation as it came: strings and plain JSON values only."""

    query: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    operation_name: str | None = None
    is_get: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer. `is_executed` False = nothing ran, and there is no `data` member."""

    payload: dict[str, Any]
    is_executed: bool
    status: int = 200


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A schema, what its fields cost, and who may read its description."""

    schema: GraphQLSchema
    weight: Weight
    may_introspect: Callable[[Any], bool]
    execution: type[ExecutionContext] | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A document that was parsed and validated; the same text is never read twice in a row."""

    document: DocumentNode
    faults: tuple[GraphQLError, ...]
    introspects: bool


def run(asked: Asked, endpoint: Endpoint, context: Any) -> Outcome:
    """Check, execute and mask one operation for who stands in `context`."""
    try:
        check_source(asked.query)
        check_lists(asked.variables)
        known = _known(endpoint.schema, asked.query)
        operation, cost = _checked(asked, known, endpoint, context)
    except HltError as refusal:
        return refused(refusal)
    except GraphQLError as error:
        return _invalid([error])
    if known.faults:
        return _invalid(known.faults)
    wanted = operation.variable_definitions or ()
    coerced = get_variable_values(endpoint.schema, wanted, dict(asked.variables), max_errors=MOST_ERRORS)
    if isinstance(coerced, list):
        return _invalid([GraphQLError(BadValue.sentence, fault.nodes, extensions=BAD_VALUE) for fault in coerced])
    return _executed(asked, endpoint, known.document, context, cost)


def refused(refusal: HltError) -> Outcome:
    """Give the answer to a request that was refused as a whole."""
    return Outcome({"errors": [told(refusal)]}, False, refusal.status)


def told(refusal: HltError) -> dict[str, Any]:
    """Give one of our own errors as GraphQL shows it: the Swedish sentence, the stable code, what to do next."""
    said = {"code": refusal.code, "nextStep": refusal.next_step, **dict(refusal.data)}
    return {"message": refusal.sentence, "extensions": said}


@lru_cache(maxsize=KNOWN_DOCUMENTS)
def _known(schema: GraphQLSchema, source: str) -> Known:
    """Parse and validate; a document that expands without end is measured before it is validated."""
    document = parse(source, max_tokens=TOKENS)
    watch = Watch()
    visit(document, watch)
    Ruler(schema, document, {}, lambda parent, field, arguments: (0, 1)).check_expansion()
    return Known(document, tuple(validate(schema, document, RULES, max_errors=MOST_ERRORS)), watch.introspects)


def _checked(asked: Asked, known: Known, endpoint: Endpoint, context: Any) -> tuple[OperationDefinitionNode, int]:
    operation = get_operation_ast(known.document, asked.operation_name)
    if operation is None:
        raise DocumentInvalid(sentence="Frågan säger inte vilken operation som ska köras.")
    if asked.is_get and operation.operation.value != "query":
        raise MutationByGet
    if known.introspects and not endpoint.may_introspect(context):
        raise IntrospectionOff
    root = endpoint.schema.get_root_type(operation.operation)
    if root is None:
        raise DocumentInvalid(sentence="Schemat har ingen sådan operation.")
    ruler = Ruler(endpoint.schema, known.document, _with_defaults(operation, asked.variables), endpoint.weight)
    return operation, check_operation(operation, ruler, root.name)


def _with_defaults(operation: OperationDefinitionNode, told: Mapping[str, Any]) -> dict[str, Any]:
    """Give the variables as execution will see them: what is left out costs what its default costs."""
    stated = {v.variable.name.value: v.default_value for v in operation.variable_definitions or ()}
    return {name: value_from_ast_untyped(value) for name, value in stated.items() if value} | dict(told)


class Watch(Visitor):
    """Sees literal lists that are too long, and whether the document asks for the schema."""

    def __init__(self) -> None:
        super().__init__()
        self.introspects = False

    def enter_list_value(self, node: ListValueNode, *_args: object) -> None:
        check_lists(node)

    def enter_field(self, node: FieldNode, *_args: object) -> None:
        self.introspects |= node.name.value in ("__schema", "__type")


def _executed(asked: Asked, endpoint: Endpoint, document: DocumentNode, context: Any, cost: int) -> Outcome:
    result = execute_sync(
        endpoint.schema,
        document,
        context_value=context,
        variable_values=dict(asked.variables),
        operation_name=asked.operation_name,
        execution_context_class=endpoint.execution,
    )
    payload: dict[str, Any] = {"data": result.data, "extensions": {"cost": cost}}
    if result.errors:
        payload["errors"] = [masked(error) for error in result.errors]
    return Outcome(payload, True)


def masked(error: GraphQLError) -> dict[str, Any]:
    """Show our own refusals; of every other fault only a number that the log knows too (never its text)."""
    place: dict[str, Any] = {"path": error.path, "locations": _locations(error)}
    if isinstance(error.original_error, HltError):
        return {**told(error.original_error), **place}
    number = uuid4().hex
    LOG.error("masked error %s: %s", number, type(error.original_error or error).__name__)
    return {"message": HltError.sentence, "extensions": {"code": "INTERNAL", "id": number}, **place}


def _invalid(faults: Sequence[GraphQLError]) -> Outcome:
    """Give what is wrong with a document: the library's words for names and syntax, never a value."""
    shown = [_fault(fault) for fault in faults]
    return Outcome({"errors": shown}, False, BadRequest.status)


def _fault(fault: GraphQLError) -> dict[str, Any]:
    code = "GRAPHQL_PARSE_FAILED" if isinstance(fault, GraphQLSyntaxError) else DocumentInvalid.code
    said: dict[str, Any] = {"code": code, "nextStep": DocumentInvalid.next_step, **(fault.extensions or {})}
    return {"message": fault.message, "locations": _locations(fault), "extensions": said}


def _locations(error: GraphQLError) -> list[dict[str, int]]:
    return [{"line": place.line, "column": place.column} for place in error.locations or ()]
