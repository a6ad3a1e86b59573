// Labels and relationship types that are in use in the database: of the others nothing can be there, and nothing need be asked.
// params:  none
// returns: name STRING; one row per label and type
CALL () {
  CALL db.labels() YIELD label
  RETURN label AS name
  UNION
  CALL db.relationshipTypes() YIELD relationshipType
  RETURN relationshipType AS name
}
RETURN name
ORDER BY name
