"""What a manager sends when the counts may go."""

from django import forms


class SeenForm(forms.Form):
    """The digest of the counts that stood on the page, so that no others can be approved."""

    digest = forms.CharField(widget=forms.HiddenInput, min_length=64, max_length=64)
