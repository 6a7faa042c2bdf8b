"""What two persons must do is checked here, whatever the code above forgets (regional §2, §3.1)."""

from django.db import migrations

REGION = """
CREATE FUNCTION candidate_moves() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'a candidate is kept' USING ERRCODE = '42501'; END IF;
  IF ROW(NEW.id, NEW.kind, NEW.period, NEW.artefact, NEW.digest, NEW.previous_digest, NEW.findings, NEW.report,
         NEW.input_digest, NEW.built_by, NEW.built_at, NEW.expires_at) IS DISTINCT FROM
     ROW(OLD.id, OLD.kind, OLD.period, OLD.artefact, OLD.digest, OLD.previous_digest, OLD.findings, OLD.report,
         OLD.input_digest, OLD.built_by, OLD.built_at, OLD.expires_at)
  THEN RAISE EXCEPTION 'a candidate is never edited' USING ERRCODE = '42501'; END IF;
  IF (OLD.state, NEW.state) NOT IN (('ATTACKED', 'APPROVED'), ('APPROVED', 'PUBLISHED'), ('ATTACKED', 'EXPIRED'),
                                    ('APPROVED', 'EXPIRED'))
  THEN RAISE EXCEPTION 'no such step' USING ERRCODE = 'HLT03'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER candidate_moves BEFORE UPDATE OR DELETE ON candidate FOR EACH ROW EXECUTE FUNCTION candidate_moves();
CREATE FUNCTION candidate_begins() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF NEW.state NOT IN ('ATTACKED', 'FAILED') OR NEW.approved_by IS NOT NULL
  THEN RAISE EXCEPTION 'a candidate begins attacked or failed' USING ERRCODE = 'HLT03'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER candidate_begins BEFORE INSERT ON candidate FOR EACH ROW EXECUTE FUNCTION candidate_begins();
CREATE FUNCTION approve_candidate(asked uuid, seen_digest text, person uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE c region.candidate;
BEGIN
  SELECT * INTO c FROM region.candidate WHERE id = asked FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'unknown' USING ERRCODE = 'HLT01'; END IF;
  IF c.built_by = person THEN RAISE EXCEPTION 'a second person is needed' USING ERRCODE = 'HLT02'; END IF;
  IF c.state <> 'ATTACKED' OR c.expires_at < now() THEN RAISE EXCEPTION 'no such step' USING ERRCODE = 'HLT03'; END IF;
  IF c.digest <> seen_digest THEN RAISE EXCEPTION 'another digest' USING ERRCODE = 'HLT04'; END IF;
  UPDATE region.candidate SET state = 'APPROVED', approved_by = person, approved_at = now() WHERE id = asked;
END $$;
"""
PUBLISHED = """
CREATE FUNCTION release_refuse() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN RAISE EXCEPTION 'a release is never edited' USING ERRCODE = '42501'; END $$;
CREATE TRIGGER cell_fixed BEFORE UPDATE OR DELETE ON cell FOR EACH ROW EXECUTE FUNCTION release_refuse();
CREATE TRIGGER cell_kept BEFORE TRUNCATE ON cell FOR EACH STATEMENT EXECUTE FUNCTION release_refuse();
CREATE TRIGGER release_fixed BEFORE UPDATE OR DELETE ON release FOR EACH ROW EXECUTE FUNCTION release_refuse();
CREATE TRIGGER release_kept BEFORE TRUNCATE ON release FOR EACH STATEMENT EXECUTE FUNCTION release_refuse();
CREATE TRIGGER withdrawal_fixed BEFORE UPDATE OR DELETE ON withdrawal FOR EACH ROW EXECUTE FUNCTION release_refuse();
CREATE TRIGGER withdrawal_kept BEFORE TRUNCATE ON withdrawal FOR EACH STATEMENT EXECUTE FUNCTION release_refuse();
CREATE VIEW cell_now AS
SELECT c.id, c.release_id, c.cell_id, c.table_code, c.population, c.level, c.place, c.period, c.coordinates,
  CASE WHEN w.release_id IS NULL THEN c.status ELSE 'WITHDRAWN' END AS status,
  CASE WHEN w.release_id IS NULL THEN c.value END AS value,
  CASE WHEN w.release_id IS NULL THEN c.low END AS low,
  CASE WHEN w.release_id IS NULL THEN c.high END AS high,
  c.note
FROM cell c LEFT JOIN withdrawal w ON w.release_id = c.release_id;
CREATE FUNCTION publish_candidate(asked uuid, seen_digest text, person uuid, signed bytea, signed_by text)
RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE c region.candidate; head jsonb; last published.release; made uuid := gen_random_uuid();
BEGIN
  LOCK TABLE published.release IN EXCLUSIVE MODE;
  SELECT * INTO c FROM region.candidate WHERE id = asked FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'unknown' USING ERRCODE = 'HLT01'; END IF;
  IF c.approved_by IS NULL OR c.approved_by = c.built_by
  THEN RAISE EXCEPTION 'a second person is needed' USING ERRCODE = 'HLT02'; END IF;
  IF c.state <> 'APPROVED' OR c.expires_at < now() THEN RAISE EXCEPTION 'no such step' USING ERRCODE = 'HLT03'; END IF;
  IF c.digest <> seen_digest OR c.digest <> encode(sha256(convert_to(c.artefact || c.previous_digest, 'UTF8')), 'hex')
  THEN RAISE EXCEPTION 'another digest' USING ERRCODE = 'HLT04'; END IF;
  SELECT * INTO last FROM published.release ORDER BY seq DESC LIMIT 1;
  IF c.previous_digest <> coalesce(last.digest, repeat('0', 64))
  THEN RAISE EXCEPTION 'built on another release' USING ERRCODE = 'HLT05'; END IF;
  head := c.artefact::jsonb -> 'head';
  INSERT INTO published.release (id, seq, kind, period, plan, frozen_at, coverage, report, digest, previous_digest,
    signature, key_id, published_at)
  VALUES (made, coalesce(last.seq, 0) + 1, c.kind, c.period, head ->> 'plan', head ->> 'frozen_at', head -> 'coverage',
    c.report - 'build', c.digest, c.previous_digest, signed, signed_by, now());
  INSERT INTO published.cell (release_id, cell_id, table_code, population, level, place, period, coordinates, status,
    value, low, high, note)
  SELECT made, x.cell_id, x.table_code, x.population, x.level, x.place, x.period, x.coordinates, x.status, x.value,
    x.low, x.high, x.note
  FROM jsonb_to_recordset(c.artefact::jsonb -> 'cells') AS x (cell_id text, table_code text, population text,
    level text, place text, period text, coordinates text, status text, value int, low int, high int, note text);
  UPDATE region.candidate SET state = 'PUBLISHED' WHERE id = asked;
  RETURN made;
END $$;
CREATE FUNCTION withdraw_release(asked uuid, person uuid, why text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM published.release WHERE id = asked)
  THEN RAISE EXCEPTION 'unknown' USING ERRCODE = 'HLT01'; END IF;
  INSERT INTO published.withdrawal (release_id, reason, withdrawn_at) VALUES (asked, why, now())
  ON CONFLICT DO NOTHING;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("releases", "0001_initial")]

    operations = [
        migrations.RunSQL(REGION, migrations.RunSQL.noop, hints={"schema": "region"}),
        migrations.RunSQL(PUBLISHED, migrations.RunSQL.noop, hints={"schema": "published"}),
    ]
