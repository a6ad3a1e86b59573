// How much memory the server lets one transaction use; 0B is no limit.
// params:  none
// returns: value STRING; one row
SHOW SETTINGS 'db.memory.transaction.max'
YIELD value
RETURN value
ORDER BY value
