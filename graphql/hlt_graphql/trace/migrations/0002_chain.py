"""The chain is linked by the database: `seq` under a lock, hashes by core functions, no change ever after."""

from django.db import migrations

CREATE = """
CREATE FUNCTION trace_link() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE last_seq bigint; last_h bytea; line text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('region.trace_event', 0));
  SELECT seq, h INTO last_seq, last_h FROM region.trace_event ORDER BY seq DESC LIMIT 1;
  NEW.seq := coalesce(last_seq, 0) + 1;
  line := concat_ws(chr(31), NEW.id::text, (extract(epoch from NEW.at) * 1000000)::bigint::text, NEW.actor::text,
    NEW.role, NEW.action, NEW.object::text, NEW.result, NEW.detail);
  NEW.row_hash := sha256(NEW.salt || convert_to(line, 'UTF8'));
  NEW.h := sha256(coalesce(last_h, decode(repeat('00', 32), 'hex')) || convert_to(NEW.seq::text, 'UTF8') || NEW.row_hash);
  RETURN NEW;
END $$;
CREATE FUNCTION trace_refuse() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN RAISE EXCEPTION 'the log is append-only' USING ERRCODE = '42501'; END $$;
CREATE TRIGGER trace_link BEFORE INSERT ON trace_event FOR EACH ROW EXECUTE FUNCTION trace_link();
CREATE TRIGGER trace_fixed BEFORE UPDATE OR DELETE ON trace_event FOR EACH ROW EXECUTE FUNCTION trace_refuse();
CREATE TRIGGER trace_kept BEFORE TRUNCATE ON trace_event FOR EACH STATEMENT EXECUTE FUNCTION trace_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("trace", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, migrations.RunSQL.noop)]
