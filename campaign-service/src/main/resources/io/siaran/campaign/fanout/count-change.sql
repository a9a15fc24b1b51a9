-- Marks what is read of the user's leads so far as stale, and holds that until the transaction ends. It locks no campaign: who
-- corrects phones without a pause keeps nobody from cancelling one, nor the clock from triggering one. $1 user.
INSERT INTO phone_changes AS known (user_id, changes) VALUES ($1, 1)
ON CONFLICT (user_id) DO UPDATE SET changes = known.changes + 1
