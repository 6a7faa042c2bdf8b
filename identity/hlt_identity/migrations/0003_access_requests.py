"""A sign-in remembers the level it asked for, and who may ask to be let in."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("identity", "0002_errands")]

    operations = [
        migrations.AddField(
            model_name="loginattempt",
            name="asked_level",
            field=models.PositiveSmallIntegerField(default=3),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="AccessRequest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kommunkod", models.CharField(max_length=6)),
                ("name", models.CharField(max_length=120)),
                ("employee_id", models.CharField(blank=True, max_length=60)),
                ("idp", models.CharField(max_length=60)),
                ("asked_at", models.DateTimeField()),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="identity.person")),
            ],
            options={
                "db_table": "access_request",
                "constraints": [models.UniqueConstraint(fields=("kommunkod", "person"), name="access_request_once")],
            },
        ),
    ]
