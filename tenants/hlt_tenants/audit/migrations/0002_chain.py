"""The chain is linked by the database: `seq` under a lock, hashes by core functions, no change ever after."""

from django.db import migrations

CREATE = """
CREATE FUNCTION audit_link() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE last_seq bigint := 0; last_h bytea := decode(repeat('00', 32), 'hex'); line text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(TG_TABLE_SCHEMA || '/' || NEW.controller, 0));
  EXECUTE format('SELECT seq, h FROM %I.audit_event WHERE controller = $1 ORDER BY seq DESC LIMIT 1', TG_TABLE_SCHEMA)
    INTO last_seq, last_h USING NEW.controller;
  NEW.seq := coalesce(last_seq, 0) + 1;
  line := concat_ws(chr(31), NEW.id::text, NEW.owner_branch, NEW.controller,
    (extract(epoch from NEW.at) * 1000000)::bigint::text, NEW.actor::text, NEW.assignment::text, NEW.role,
    coalesce(NEW.unit, ''), NEW.action, coalesce(NEW.subject::text, ''), coalesce(NEW.object::text, ''),
    NEW.basis_code, coalesce(NEW.ground, ''), NEW.result, coalesce(NEW.detail, ''));
  NEW.row_hash := sha256(NEW.salt || convert_to(line, 'UTF8'));
  NEW.h := sha256(coalesce(last_h, decode(repeat('00', 32), 'hex')) || convert_to(NEW.seq::text, 'UTF8') || NEW.row_hash);
  RETURN NEW;
END $$;
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN RAISE EXCEPTION 'the log is append-only' USING ERRCODE = '42501'; END $$;
CREATE TRIGGER audit_link BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_link();
CREATE TRIGGER audit_fixed BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_kept BEFORE TRUNCATE ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, migrations.RunSQL.noop)]
