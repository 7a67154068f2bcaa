"""The platform, the ledger and the CRM compared, call by call: what is missing, misplaced or out of date."""
