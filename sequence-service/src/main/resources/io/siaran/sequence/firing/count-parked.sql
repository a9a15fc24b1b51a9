-- How many steps wait for their sequence to be active or their device to be online, as far as $1.
SELECT count(*) AS steps FROM (SELECT FROM sequence_contacts WHERE parked_for IS NOT NULL LIMIT $1) parked
