-- Runs on H2 and PostgreSQL alike.

-- Why somebody approved, rejected or archived a supplier; null for other changes, and for changes that
-- were recorded before this version. H2 counts UTF-16 units, of which a character may have two.
ALTER TABLE supplier_change ADD COLUMN reason VARCHAR(1000);
