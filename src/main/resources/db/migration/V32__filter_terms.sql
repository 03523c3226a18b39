-- Runs on H2 and PostgreSQL alike.

-- The supplier's rows of supplier_term, without its identifiers, again: kind, space and term, each
-- between line feeds. A list that is read in its order checks a filter here, instead of looking up
-- another table for each supplier that it passes (decision record 0069).
ALTER TABLE supplier ADD COLUMN filter_terms VARCHAR(100000) DEFAULT '' NOT NULL;
UPDATE supplier SET filter_terms = COALESCE(
  (SELECT STRING_AGG(CHR(10) || t.kind || ' ' || t.term, '') || CHR(10)
   FROM supplier_term t
   WHERE t.organisation_id = supplier.organisation_id AND t.supplier_id = supplier.id
     AND t.kind <> 'IDENTIFIER'),
  '');
