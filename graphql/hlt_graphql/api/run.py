"""Limits, execution and masking of one operation; knows no HTTP, so that pages ask the same way (regional §2)."""

import logging
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
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
from hlt_graphql.api.limits import Ruler, check_lists, check_operation, check_source
from hlt_identity.errors import HltError

LOG = logging.getLogger("hlt.api")
MOST_ERRORS = 5
# A hint at names that were not asked for is a way to read the schema word by word.
sys.modules["graphql.pyutils.did_you_mean"].MAX_LENGTH = 0  # type: ignore[attr-defined]

Weight = Callable[[str, str, Mapping[str, object]], tuple[int, int]]


class QuietValues(ValuesOfCorrectTypeRule):
    """The specification's rule without the value in its text: a refusal never repeats what it refused."""

    def report_error(self, error: GraphQLError) -> None:
        super().report_error(GraphQLError(BadValue.sentence, error.nodes, extensions={"code": BadValue.code}))


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


def run(asked: Asked, endpoint: Endpoint, context: Any) -> Outcome:
    """Check, execute and mask one operation for who stands in `context`."""
    try:
        document, operation, cost = _checked(asked, endpoint, context)
    except HltError as refusal:
        return refused(refusal)
    except GraphQLError as error:
        return _invalid([error])
    faults = validate(endpoint.schema, document, RULES, max_errors=MOST_ERRORS)
    if faults:
        return _invalid(faults)
    coerced = get_variable_values(
        endpoint.schema, operation.variable_definitions or (), dict(asked.variables), max_errors=MOST_ERRORS
    )
    if isinstance(coerced, list):
        return _invalid(
            [GraphQLError(BadValue.sentence, fault.nodes, extensions={"code": BadValue.code}) for fault in coerced]
        )
    return _executed(asked, endpoint, document, context, cost)


def refused(refusal: HltError) -> Outcome:
    """Give the answer to a request that was refused as a whole."""
    return Outcome({"errors": [told(refusal)]}, False, refusal.status)


def told(refusal: HltError) -> dict[str, Any]:
    """Give one of our own errors as GraphQL shows it: the Swedish sentence, the stable code, what to do next."""
    said = {"code": refusal.code, "nextStep": refusal.next_step, **dict(refusal.data)}
    return {"message": refusal.sentence, "extensions": said}


def _checked(asked: Asked, endpoint: Endpoint, context: Any) -> tuple[DocumentNode, OperationDefinitionNode, int]:
    check_source(asked.query)
    check_lists(asked.variables)
    document = parse(asked.query, max_tokens=1_000, no_location=False)
    operation = get_operation_ast(document, asked.operation_name)
    if operation is None:
        raise DocumentInvalid(sentence="Frågan säger inte vilken operation som ska köras.")
    kind = operation.operation.value
    if asked.is_get and kind != "query":
        raise MutationByGet
    root = endpoint.schema.get_root_type(operation.operation)
    ruler = Ruler(endpoint.schema, document, asked.variables, endpoint.weight)
    cost = check_operation(operation, ruler, root.name if root else "")
    watch = Watch()
    visit(document, watch)
    if watch.introspects and not endpoint.may_introspect(context):
        raise IntrospectionOff
    return document, operation, cost


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
