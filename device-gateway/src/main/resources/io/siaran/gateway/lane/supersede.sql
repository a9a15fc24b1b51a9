-- Waives the open outcome of an earlier try ($2) of a message ($1), in the transaction that begins the next one.
UPDATE send_journal SET superseded = true WHERE message_id = $1::uuid AND try_no = $2::int AND state = 'unknown'
