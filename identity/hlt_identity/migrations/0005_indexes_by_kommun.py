from django.db import migrations, models
from django.db.models.deletion import CASCADE


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0004_machine"),
    ]

    operations = [
        migrations.AlterField("session", "person", models.ForeignKey("identity.person", CASCADE, db_index=False)),
        migrations.AlterField("session", "sub", models.CharField(max_length=80)),
        migrations.AlterField("accessrequest", "person", models.ForeignKey("identity.person", CASCADE, db_index=False)),
        *(
            migrations.AddIndex("session", models.Index(fields=["kommunkod", key], name=f"session_{key}"))
            for key in ("person", "sub")
        ),
    ]
