"""The ledger's arithmetic: hashes, tree, proofs, signed notes and their verification, without a database."""
