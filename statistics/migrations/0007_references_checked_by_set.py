"""Check what records refer to for all rows of a statement at once, not row by row.

Of an import of a million rows, PostgreSQL's own check of four references in each row took as
long as writing them. The triggers below hold the same: a row must refer to something that is
there, which stays locked until the transaction ends, and what is referred to cannot go.
"""

import django.db.models.deletion
from django.db import migrations, models

# Arguments by threes: the column that refers, the table, and the column it refers to.
ADDED = """
CREATE FUNCTION statistics_references_are_there() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    lacking boolean;
BEGIN
    FOR n IN 0 .. TG_NARGS / 3 - 1 LOOP
        EXECUTE format(
            'SELECT count(*) < (SELECT count(DISTINCT %1$I) FROM added) FROM ('
            'SELECT FROM %2$I p WHERE p.%3$I IN (SELECT DISTINCT %1$I FROM added) FOR KEY SHARE) f',
            TG_ARGV[3 * n], TG_ARGV[3 * n + 1], TG_ARGV[3 * n + 2]
        ) INTO lacking;
        IF lacking THEN
            RAISE EXCEPTION '% of % refers to nothing in %',
                TG_ARGV[3 * n], TG_TABLE_NAME, TG_ARGV[3 * n + 1]
                USING ERRCODE = 'foreign_key_violation';
        END IF;
    END LOOP;
    RETURN NULL;
END $$
"""
# Arguments: the column that is referred to, then by twos the table and column that refer.
GONE = """
CREATE FUNCTION statistics_is_not_referred_to() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    referred boolean;
    was text := to_jsonb(OLD) ->> TG_ARGV[0];
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) ->> TG_ARGV[0] = was THEN
        RETURN NULL;
    END IF;
    FOR n IN 0 .. (TG_NARGS - 1) / 2 - 1 LOOP
        EXECUTE format(
            'SELECT EXISTS (SELECT FROM %I WHERE %I = %L)',
            TG_ARGV[2 * n + 1], TG_ARGV[2 * n + 2], was
        ) INTO referred;
        IF referred THEN
            RAISE EXCEPTION '% refers to what would leave %', TG_ARGV[2 * n + 1], TG_TABLE_NAME
                USING ERRCODE = 'foreign_key_violation';
        END IF;
    END LOOP;
    RETURN NULL;
END $$
"""
REFERENCES = {
    "statistics_interruption": (
        ("batch_id", "statistics_importbatch", "id"),
        ("source_id", "statistics_source", "id"),
        ("home_municipality_id", "core_municipality", "code"),
        ("school_unit_id", "statistics_schoolunit", "code"),
    ),
    "statistics_activity": (
        ("batch_id", "statistics_importbatch", "id"),
        ("source_id", "statistics_source", "id"),
        ("owner_id", "statistics_source", "id"),
    ),
}


def triggers():
    """Each trigger as the statements that make and drop it."""
    referred: dict[tuple[str, str], list[str]] = {}
    for table, references in REFERENCES.items():
        arguments = ", ".join(f"'{each}'" for reference in references for each in reference)
        for event in ("INSERT", "UPDATE"):
            name = f"references_are_there_on_{event.lower()}"
            yield (
                f"CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING NEW TABLE AS added "
                f"FOR EACH STATEMENT EXECUTE FUNCTION statistics_references_are_there({arguments})",
                f"DROP TRIGGER {name} ON {table}",
            )
        for column, parent, key in references:
            referred.setdefault((parent, key), []).append(f"'{table}', '{column}'")
    for (parent, key), children in referred.items():
        yield (
            f"CREATE TRIGGER is_not_referred_to AFTER DELETE OR UPDATE ON {parent} FOR EACH ROW "
            f"EXECUTE FUNCTION statistics_is_not_referred_to('{key}', {', '.join(children)})",
            f"DROP TRIGGER is_not_referred_to ON {parent}",
        )


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0003_media'),
        ('statistics', '0006_deliveries'),
    ]

    operations = [
        migrations.AlterField(
            model_name='activity',
            name='batch',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statistics.importbatch'),
        ),
        migrations.AlterField(
            model_name='activity',
            name='owner',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statistics.source'),
        ),
        migrations.AlterField(
            model_name='activity',
            name='source',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statistics.source', verbose_name='källa'),
        ),
        migrations.AlterField(
            model_name='interruption',
            name='batch',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statistics.importbatch'),
        ),
        migrations.AlterField(
            model_name='interruption',
            name='home_municipality',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.municipality', verbose_name='hemkommun'),
        ),
        migrations.AlterField(
            model_name='interruption',
            name='school_unit',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statistics.schoolunit', verbose_name='skolenhet'),
        ),
        migrations.AlterField(
            model_name='interruption',
            name='source',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statistics.source', verbose_name='källa'),
        ),
        migrations.RunSQL(ADDED, "DROP FUNCTION statistics_references_are_there"),
        migrations.RunSQL(GONE, "DROP FUNCTION statistics_is_not_referred_to"),
        *[migrations.RunSQL(make, drop) for make, drop in triggers()],
    ]
