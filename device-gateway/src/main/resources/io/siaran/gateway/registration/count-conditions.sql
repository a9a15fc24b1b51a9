-- Devices by what is known of them: the index of those that are not deleted holds nothing else, so what was deleted costs nothing.
SELECT condition, count(*) AS devices FROM devices WHERE NOT deleted GROUP BY condition
