// The constraints of a database that a store rests on, as they are: a name may stand on somebody else's label.
// params:  none
// returns: name STRING, about STRING  label and properties, one after the other, with a blank behind each; one row per constraint
SHOW CONSTRAINTS
YIELD name, labelsOrTypes, properties, type
WHERE name STARTS WITH 'idg_' AND (type CONTAINS 'UNIQUE' OR type CONTAINS 'KEY')
RETURN name, reduce(text = '', part IN labelsOrTypes + properties | text + part + ' ') AS about
ORDER BY name
