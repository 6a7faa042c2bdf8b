"""How large, deep and dear one operation may be, told before anything runs (regional §12); knows no subject."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
)

from hlt_graphql.api.errors import OverLimit

SOURCE, TOKENS, COMMENTS = 16_384, 1_000, 50
DEPTH, FIELDS, ALIASES, DIRECTIVES, ROOTS, MUTATIONS = 10, 500, 30, 30, 15, 5
LIST, COST, CELLS_A_POINT = 300, 5_000, 20


@dataclass(slots=True)
class Size:
    """What a selection expands to: deepest level, fields, aliases, points."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    cost: int = 0


@dataclass(slots=True)
class Ruler:
    """Measures one operation. `weight` gives (points of one object, how many there may be) of a field."""

    schema: GraphQLSchema
    document: DocumentNode
    variables: Mapping[str, object]
    weight: Callable[[str, str, Mapping[str, object]], tuple[int, int]]
    fragments: dict[str, FragmentDefinitionNode] = field(default_factory=dict)
    known: dict[tuple[str, str], Size] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        definitions = self.document.definitions
        self.fragments = {d.name.value: d for d in definitions if isinstance(d, FragmentDefinitionNode)}

    def measure(self, selection: SelectionSetNode | None, parent: str) -> Size:
        """Add up a selection as it will be executed: fragments expanded, each with its multipliers."""
        size = Size()
        for node in selection.selections if selection else ():
            part = self._part(node, parent)
            size.depth = max(size.depth, part.depth)
            size.fields += part.fields
            size.aliases += part.aliases
            size.cost += part.cost
        return size

    def check_expansion(self) -> None:
        """Raise OverLimit when any operation or fragment of the document expands to too many fields."""
        for definition in self.document.definitions:
            if isinstance(definition, OperationDefinitionNode | FragmentDefinitionNode):
                _hold("fields", self.measure(definition.selection_set, "").fields, FIELDS)

    def _part(self, node: object, parent: str) -> Size:
        if isinstance(node, FieldNode):
            return self._field(node, parent)
        if isinstance(node, InlineFragmentNode):
            return self.measure(node.selection_set, node.type_condition.name.value if node.type_condition else parent)
        return self._fragment(node.name.value) if isinstance(node, FragmentSpreadNode) else Size()

    def _fragment(self, name: str) -> Size:
        """Measure a fragment once; one that spreads itself counts nothing here, validation refuses it."""
        found = self.fragments.get(name)
        if found is None or name in self.open:
            return Size()
        key = (name, found.type_condition.name.value)
        if key not in self.known:
            self.open.add(name)
            self.known[key] = self.measure(found.selection_set, key[1])
            self.open.discard(name)
        return self.known[key]

    def _field(self, node: FieldNode, parent: str) -> Size:
        name = node.name.value
        alias = 1 if node.alias else 0
        if name.startswith("__"):  # introspection has a switch of its own, and its standard query is deeper than ours
            return Size(1, 1, alias, 0)
        inner = self.measure(node.selection_set, self._type_of(parent, name))
        arguments = {argument.name.value: self._value(argument.value) for argument in node.arguments}
        told = self.weight(parent, name, arguments) if node.selection_set else (0, 1)
        points, times = (max(part, 0) for part in told)  # a negative number asked for must not pay for other fields
        return Size(inner.depth + 1, inner.fields + 1, inner.aliases + alias, points + times * inner.cost)

    def _type_of(self, parent: str, name: str) -> str:
        known = self.schema.type_map.get(parent)
        found = known.fields.get(name) if isinstance(known, GraphQLObjectType) else None
        return get_named_type(found.type).name if found else ""

    def _value(self, value: ValueNode) -> object:
        if isinstance(value, VariableNode):
            return self.variables.get(value.name.value)
        if isinstance(value, IntValueNode):
            return int(value.value[:9])
        if isinstance(value, ObjectValueNode):
            return {member.name.value: self._value(member.value) for member in value.fields}
        return None


def check_source(source: str) -> None:
    """Raise OverLimit before parsing; a comment costs no token, so comments have a limit of their own."""
    _hold("source", len(source), SOURCE)
    _hold("comments", source.count("#"), COMMENTS)


def check_operation(operation: OperationDefinitionNode, ruler: Ruler, root: str) -> int:
    """Raise OverLimit with the first limit that is passed; give the cost in points."""
    _hold("directives", _directives(ruler.document), DIRECTIVES)
    size = ruler.measure(operation.selection_set, root)
    roots = MUTATIONS if operation.operation.value == "mutation" else ROOTS
    _hold("roots", len(operation.selection_set.selections), roots)
    _hold("depth", size.depth, DEPTH)
    _hold("fields", size.fields, FIELDS)
    _hold("aliases", size.aliases, ALIASES)
    _hold("cost", size.cost, COST)
    return size.cost


def check_lists(value: object) -> None:
    """Raise OverLimit for a list of more than 300, however deep it lies in variables or literals."""
    if isinstance(value, ListValueNode):
        value = list(value.values)
    if isinstance(value, Mapping):
        value = list(value.values())
        for member in value:
            check_lists(member)
    elif isinstance(value, list):
        _hold("list", len(value), LIST)
        for member in value:
            check_lists(member)


def _directives(document: DocumentNode) -> int:
    seen, waiting = 0, list(document.definitions)
    while waiting:
        node = waiting.pop()
        seen += len(getattr(node, "directives", None) or ())
        selections = getattr(node, "selection_set", None)
        waiting.extend(selections.selections if selections else ())
    return seen


def _hold(limit: str, found: int, most: int) -> None:
    if found > most:
        raise OverLimit(limit=limit, most=most)
