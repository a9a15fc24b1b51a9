-- For the rest of the transaction: statements look rows up by index and are planned once a connection. The planner's
-- statistics are minutes old, and in minutes a queue is full that was empty: what it believes about how many messages wait
-- or are in flight is wrong when it matters. And a plan for every call takes longer than the call where there are partitions.
-- $1: 'off' where rows are to be read in the order of an index or not at all: an ORDER BY that only one index has then
-- names the index, also to a planner that believes all of them to be empty.
SELECT set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true),
  set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
  set_config('enable_bitmapscan', $1, true), set_config('enable_sort', $1, true), set_config('enable_incremental_sort', $1, true)
