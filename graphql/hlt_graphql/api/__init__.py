"""GraphQL for the region: our own HTTP view over graphene types; decides nothing."""
