LOAD CSV FROM $url AS line RETURN count(line) AS lines
