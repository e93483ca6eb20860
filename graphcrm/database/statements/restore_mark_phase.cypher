// Notes that all is written and was found equal to the file: only the numbers are still to be taken away.
MATCH (m:Restoring {_restore: -1})
SET m.phase = $phase
