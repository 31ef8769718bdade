-- run_ledger: the ledger's latest entries, as they were read.
FROM ledger_entry WHERE of_day BETWEEN getvariable('first_day') AND getvariable('last_day')
