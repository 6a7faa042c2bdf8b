"""True counts must not lie in any archive, replica or base backup (regional §3.2)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial")]

    operations = [migrations.RunSQL("ALTER TABLE count SET UNLOGGED", "ALTER TABLE count SET LOGGED")]
