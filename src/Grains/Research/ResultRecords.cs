using ConsultHub.Records;

namespace ConsultHub.Research;

/// <summary>A document of the initiative, which is kept elsewhere.</summary>
/// <param name="Link">Where the document is, with http or https.</param>
/// <param name="Reference">What finds the document otherwise, such as the number of a file.</param>
[GenerateSerializer, Immutable, Alias("hub.Paper")]
public sealed record Paper(
    [property: Id(0)] string Id,
    [property: Id(1)] string Title,
    [property: Id(2)] string? Link = null,
    [property: Id(3)] string? Reference = null
) : ICheckedRecord
{
    internal const string Part = "paper";

    RecordId IRecord.Record => new(Part, Id);

    void ICheckedRecord.Check(RecordFaults faults)
    {
        faults.Id(Id);
        faults.Text(Title, "title", needed: true);
        if (string.IsNullOrWhiteSpace(Link) && string.IsNullOrWhiteSpace(Reference))
            faults.Add(RecordCodes.Required, "A document needs a link or a reference.", "link");
        faults.Text(Link, "link", most: WebLink.Longest);
        if (Link is not null && !WebLink.IsValid(Link))
            faults.Add(ResearchCodes.BadLink, ResearchCodes.BadLink.Message!, "link");
        faults.Text(Reference, "reference");
    }
}

public enum OutputKind
{
    Publication,
    Dataset,
    Patent,
    Guideline,
    Other,
}

/// <summary>What the initiative has brought forth. The hub stores where it is, and no data.</summary>
/// <param name="Reference">What finds the output otherwise, such as the number of a patent.</param>
/// <param name="Date">The day on which it appeared.</param>
[GenerateSerializer, Immutable, Alias("hub.ResearchOutput")]
public sealed record ResearchOutput(
    [property: Id(0)] string Id,
    [property: Id(1)] OutputKind Kind,
    [property: Id(2)] string Title,
    [property: Id(4)] string? Reference = null,
    [property: Id(5)] DateOnly? Date = null
) : ICheckedRecord
{
    internal const string Part = "output";

    /// <summary>The bare DOI, such as <c>10.1000/182</c>. The address of a DOI is taken too.</summary>
    [Id(3)]
    public string? Doi
    {
        get;
        init => field = ConsultHub.Research.Doi.BareOf(value);
    }

    RecordId IRecord.Record => new(Part, Id);

    void ICheckedRecord.Check(RecordFaults faults)
    {
        faults.Id(Id);
        faults.Choice(Kind, "kind");
        faults.Text(Title, "title", needed: true);
        faults.Text(Doi, "doi", most: ConsultHub.Research.Doi.Longest);
        if (Doi is not null && !ConsultHub.Research.Doi.IsValid(Doi))
            faults.Add(ResearchCodes.BadDoi, ResearchCodes.BadDoi.Message!, "doi");
        faults.Text(Reference, "reference");
        faults.Day(Date, "date");
    }
}

public enum ResourceKind
{
    Equipment,
    Biobank,
    Registry,
    Service,
}

/// <summary>Infrastructure that one side offers to the other: what it is, who offers it, and whom to ask.</summary>
/// <param name="Hospital">The hospital that offers it. Null if the partner does.</param>
/// <param name="Partner">The partner that offers it. Null if a hospital does.</param>
/// <param name="Conditions">For whom and how it can be used, at most 500 characters.</param>
[GenerateSerializer, Immutable, Alias("hub.SharedResource")]
public sealed record SharedResource(
    [property: Id(0)] string Id,
    [property: Id(1)] ResourceKind Kind,
    [property: Id(2)] LocalName Name,
    [property: Id(3)] HospitalId? Hospital,
    [property: Id(4)] PartnerId? Partner,
    [property: Id(5)] string Contact,
    [property: Id(6)] string? Conditions = null
) : ICheckedRecord
{
    internal const string Part = "resource";

    internal const int MostConditions = 500;

    RecordId IRecord.Record => new(Part, Id);

    void ICheckedRecord.Check(RecordFaults faults)
    {
        faults.Id(Id);
        faults.Choice(Kind, "kind");
        faults.Name(Name);
        faults.OptionalId(Hospital?.Value, "hospital");
        faults.OptionalId(Partner?.Value, "partner");
        if (Hospital is null == Partner is null)
            faults.Add(ResearchCodes.OneOffers, ResearchCodes.OneOffers.Message!, Hospital is null ? "hospital" : "partner");
        faults.Text(Contact, "contact", needed: true);
        faults.Text(Conditions, "conditions", most: MostConditions);
    }
}
