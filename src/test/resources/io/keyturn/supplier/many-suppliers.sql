-- $COUNT suppliers of one organisation. Indexes and constraints are made after the rows, which is quicker.
SET synchronous_commit = off;
SET session_replication_role = replica;
SET maintenance_work_mem = '512MB';
INSERT INTO organisation (id, domain, name, strict, created_at, version) VALUES ('00000000-0000-0001-0000-000000000002', 'one', 'One', FALSE, now(), 0);
INSERT INTO location (id, organisation_id, name, sort_name)
SELECT md5('location' || i)::uuid, '00000000-0000-0001-0000-000000000002', 'Location ' || i, convert_to('location ' || i, 'UTF8') FROM generate_series(1, 20) i;
INSERT INTO department (id, organisation_id, name, sort_name)
SELECT md5('department' || i)::uuid, '00000000-0000-0001-0000-000000000002', 'Department ' || i, convert_to('department ' || i, 'UTF8') FROM generate_series(1, 10) i;
DROP INDEX IF EXISTS supplier_by_text;
DROP INDEX supplier_by_name, supplier_by_number, supplier_by_created_at, supplier_by_updated_at, supplier_by_status,
  supplier_by_country, supplier_location_by_location, supplier_term_by_term;
ALTER TABLE supplier_location DROP CONSTRAINT supplier_location_pkey;
ALTER TABLE supplier DROP CONSTRAINT supplier_external_id, DROP CONSTRAINT supplier_organisation_id_number_key;
ALTER TABLE supplier_term DROP CONSTRAINT supplier_term_organisation_id_unique_term_key, DROP CONSTRAINT supplier_term_pkey;
INSERT INTO supplier (id, organisation_id, number, external_id, name, sort_name, legal_name, search_text, type, status,
  onboarding_status, country, categories, currency, industry, payment_terms, preferred, hold_scope, tags, locations,
  departments, owners, addresses, identifiers, filter_terms, created_at, updated_at, version)
SELECT md5('supplier' || i)::uuid, '00000000-0000-0001-0000-000000000002', 'S-' || lpad(i::text, 7, '0'), 'ERP-' || i,
  word || ' ' || brand || ' ' || trade, convert_to(lower(word || ' ' || brand || ' ' || trade), 'UTF8'),
  word || ' ' || brand || ' ' || trade || ' GmbH',
  lower(word || ' ' || brand || ' ' || trade || E'\n' || word || ' ' || brand || ' ' || trade || E' gmbh\ns-' || lpad(i::text, 7, '0') || E'\nerp-' || i || E'\n20' || lpad(i::text, 11, '0')) || CASE WHEN i % 2500 = 0 THEN E'\nquarzwerk' ELSE '' END,
  'COMPANY', (ARRAY['ACTIVE','ACTIVE','ACTIVE','ACTIVE','ACTIVE','ACTIVE','UNAPPROVED','UNAPPROVED','REJECTED','ARCHIVED'])[1 + h % 10],
  (ARRAY['COMPLETED','COMPLETED','COMPLETED','COMPLETED','NOT_STARTED','IN_PROGRESS','TO_REVIEW'])[1 + h / 10 % 7],
  (ARRAY['DE','DE','DE','DE','AT','CH','FR','NL','PL','US'])[1 + h / 70 % 10],
  '', (ARRAY['EUR','EUR','EUR','CHF','PLN','USD'])[1 + h / 700 % 6], trade,
  (ARRAY['Net 30','Net 60'])[1 + h % 2], h / 4200 % 8 = 0, CASE WHEN h / 33600 % 30 = 0 THEN 'PAYMENTS' END,
  CASE WHEN h / 1000 % 3 = 0 THEN (ARRAY['local','new','strategic','framework'])[1 + h / 3000 % 4] ELSE '' END,
  md5('location' || loc)::uuid || E'\n' || md5('location' || loc2)::uuid,
  md5('department' || 1 + h / 7 % 10)::uuid::text, '',
  '[{"type":"registered","lines":["Street ' || i || '"],"city":"Town","region":null,"postal_code":"12345","country":"DE","primary":true}]',
  '[{"scheme":"gln","value":"20' || lpad(i::text, 11, '0') || '","country":null}]',
  CASE WHEN h / 1000 % 3 = 0 THEN E'\nTAG ' || (ARRAY['local','new','strategic','framework'])[1 + h / 3000 % 4] ELSE '' END
    || E'\nCATEGORY custom:' || lower(trade) || E'\nDEPARTMENT ' || md5('department' || 1 + h / 7 % 10)::uuid
    || E'\nOWNER ' || md5('owner' || abs(hashtext('S-' || lpad(i::text, 7, '0'))) % 25)::uuid || E'\n',
  timestamptz '2023-01-01 00:00:00Z' + (h % 100000000) * interval '1 second',
  timestamptz '2026-06-01 00:00:00Z' + (h2 % 15000000) * interval '1 second', 0
FROM (SELECT i, h, h2,
        (ARRAY['Aldermoor','Amberline','Bergstrom','Cardinal','Dunmore','Everline','Falkenau','Halberg','Nordwind','Orion'])[1 + h / 11 % 10] AS brand,
        (ARRAY['Logistics','Packaging','Steel','Plastics','Software','Cleaning','Catering','Print','Energy','Tools','Office','Textiles','Chemicals'])[1 + h / 110 % 13] AS trade,
        1 + (h / 13 % 20) * (h / 17 % 20) / 20 AS loc, 1 + (h / 13 % 20 + 1) % 20 AS loc2,
        initcap(substr(md5(i::text), 1, 6)) AS word
      FROM (SELECT i, abs(hashint4(i))::bigint AS h, abs(hashint4(i + 77))::bigint AS h2 FROM generate_series(1, $COUNT) i) a) b;
INSERT INTO supplier_location (organisation_id, supplier_id, location_id)
SELECT DISTINCT organisation_id, id, l::uuid FROM supplier, regexp_split_to_table(locations, E'\n') l;
INSERT INTO supplier_term (organisation_id, supplier_id, kind, term, unique_term)
SELECT organisation_id, id, 'IDENTIFIER', 'gln:' || substr(identifiers, 27, 13), 'gln:' || substr(identifiers, 27, 13) FROM supplier;
INSERT INTO supplier_term (organisation_id, supplier_id, kind, term)
SELECT organisation_id, id, 'TAG', tags FROM supplier WHERE tags <> ''
UNION ALL SELECT organisation_id, id, 'DEPARTMENT', departments FROM supplier
UNION ALL SELECT organisation_id, id, 'CATEGORY', 'custom:' || lower(industry) FROM supplier
UNION ALL SELECT organisation_id, id, 'OWNER', md5('owner' || abs(hashtext(number)) % 25)::uuid::text FROM supplier;
CREATE INDEX supplier_by_name ON supplier (organisation_id, sort_name, id);
CREATE INDEX supplier_by_number ON supplier (organisation_id, number, id);
CREATE INDEX supplier_by_created_at ON supplier (organisation_id, created_at, id);
CREATE INDEX supplier_by_updated_at ON supplier (organisation_id, updated_at, id);
CREATE INDEX supplier_by_status ON supplier (organisation_id, status, sort_name, id);
CREATE INDEX supplier_by_country ON supplier (organisation_id, country, sort_name, id);
ALTER TABLE supplier ADD CONSTRAINT supplier_external_id UNIQUE (organisation_id, external_id), ADD CONSTRAINT supplier_organisation_id_number_key UNIQUE (organisation_id, number);
CREATE INDEX supplier_location_by_location ON supplier_location (organisation_id, location_id, supplier_id);
CREATE INDEX supplier_term_by_term ON supplier_term (organisation_id, kind, term varchar_pattern_ops, supplier_id);
ALTER TABLE supplier_location ADD PRIMARY KEY (organisation_id, supplier_id, location_id);
ALTER TABLE supplier_term ADD PRIMARY KEY (organisation_id, supplier_id, kind, term), ADD UNIQUE (organisation_id, unique_term);
CREATE INDEX supplier_by_text ON supplier USING gin (search_text gin_trgm_ops);
VACUUM ANALYZE supplier;
VACUUM ANALYZE supplier_term;
VACUUM ANALYZE supplier_location;
