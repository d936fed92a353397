"""Foreign keys over several columns, which Django cannot declare."""

from django.db import migrations

BEARING_AS_ITS_ITEM = """
ALTER TABLE bearing ADD CONSTRAINT bearing_as_its_item
    FOREIGN KEY (evidence_id, known_by, live) REFERENCES evidence (id, known_by, live) ON UPDATE CASCADE
"""
CITATION_OF_A_BEARING = """
ALTER TABLE citation ADD CONSTRAINT citation_of_a_bearing
    FOREIGN KEY (claim_id, evidence_id) REFERENCES bearing (claim_id, evidence_id)
"""
CITATION_OF_ITS_ASSESSMENT = """
ALTER TABLE citation ADD CONSTRAINT citation_of_its_assessment
    FOREIGN KEY (assessment_id, claim_id) REFERENCES assessment (id, claim_id)
"""


class Migration(migrations.Migration):
    """A bearing repeats its item's known_by and live; a citation is of a bearing on its assessment's claim."""

    dependencies = [("claims", "0001_the_record")]

    operations = [
        migrations.RunSQL(BEARING_AS_ITS_ITEM, "ALTER TABLE bearing DROP CONSTRAINT bearing_as_its_item"),
        migrations.RunSQL(CITATION_OF_A_BEARING, "ALTER TABLE citation DROP CONSTRAINT citation_of_a_bearing"),
        migrations.RunSQL(
            CITATION_OF_ITS_ASSESSMENT, "ALTER TABLE citation DROP CONSTRAINT citation_of_its_assessment"
        ),
    ]
