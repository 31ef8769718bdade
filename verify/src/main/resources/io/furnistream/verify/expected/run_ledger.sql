-- run_ledger: the ledger's latest entries, as they were read.
FROM ledger_entry
