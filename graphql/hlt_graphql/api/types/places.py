"""Region, areas and municipalities."""

import graphene

from hlt_graphql.api.fields import listed, said
from hlt_graphql.api.scalars import AreaCode, MunicipalityCode
from hlt_graphql.releases import places
from hlt_graphql.releases.rules import PlaceLevel


class Municipality(graphene.ObjectType):
    """A kommun of the region."""

    code = said(MunicipalityCode, "The code of Statistics Sweden.", resolver=lambda root, info: root.kommunkod)
    name = said(graphene.String, "The place's own name, such as Lycksele.")
    area = said(lambda: Area, "The statistical area it lies in.", resolver=lambda root, info: root.area)


class Area(graphene.ObjectType):
    """A statistical area: at least three kommuner, or exactly one; the source is its code."""

    code = said(AreaCode, "U, S, K or I.", resolver=lambda root, info: root)
    name = said(graphene.String, "The area's Swedish name.", resolver=lambda root, info: places.AREA_NAMES[root])
    municipalities = said(
        listed(Municipality),
        "The kommuner of the area, by code; at most 15.",
        resolver=lambda root, info: [places.municipality(kod) for kod in places.members_of(PlaceLevel.AREA, root)],
    )


class Region(graphene.ObjectType):
    """The region as a whole."""

    code = said(graphene.String, "The county code.", resolver=lambda root, info: places.REGION_CODE)
    name = said(graphene.String, "The county's Swedish name.", resolver=lambda root, info: places.REGION_NAME)
    areas = said(listed(Area), "The four statistical areas.", resolver=lambda root, info: list(places.AREA_NAMES))
    municipalities = said(
        listed(Municipality), "All 15 kommuner, by code.", resolver=lambda root, info: places.municipalities()
    )
