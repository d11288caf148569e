using ConsultHub.Records;

namespace ConsultHub.Hospitals;

/// <summary>
/// A procedure that the local team of a hospital learns from visiting consultants, and what both sides have agreed about it. Counts of
/// cases show when the team is ready. Only the signatures of both sides say that it acts alone.
/// </summary>
/// <param name="Assisted">In how many cases the team watches or assists before it acts under supervision. 0 to 999.</param>
/// <param name="Supervised">How many cases the team does under supervision before both sides can sign that it acts alone. 0 to
/// 999.</param>
/// <param name="Since">Cases count from this day on, in the network's time zone. Null if there is no such agreement.</param>
/// <param name="SignedOn">The day from which the team acts alone. Null if both sides have not signed this.</param>
/// <param name="SignedBy">Who has signed for those who visit.</param>
/// <param name="CountersignedBy">Who has signed for the hospital. Somebody else than <paramref name="SignedBy"/>.</param>
/// <param name="Reference">Where the signed paper is, such as a number in the hospital's files.</param>
[GenerateSerializer, Immutable, Alias("hub.Procedure")]
public sealed record Procedure(
    [property: Id(0)] ProcedureId Id,
    [property: Id(1)] string Specialty,
    [property: Id(2)] LocalName Name,
    [property: Id(3)] int Assisted,
    [property: Id(4)] int Supervised,
    [property: Id(5)] DateOnly? Since = null,
    [property: Id(6)] DateOnly? SignedOn = null,
    [property: Id(7)] PersonId? SignedBy = null,
    [property: Id(8)] PersonId? CountersignedBy = null,
    [property: Id(9)] string? Reference = null
) : ICheckedRecord
{
    internal const string Part = "procedure";

    /// <summary>The highest number of cases that can be agreed.</summary>
    public const int MostCases = 999;

    RecordId IRecord.Record => new(Part, Id.Value);

    void ICheckedRecord.Check(RecordFaults faults)
    {
        faults.Id(Id.Value);
        faults.Id(Specialty, "specialty");
        faults.Name(Name);
        faults.Range(Assisted, 0, MostCases, "assisted");
        faults.Range(Supervised, 0, MostCases, "supervised");
        faults.Day(Since, "since");
        faults.Day(SignedOn, "signedOn");
        faults.OptionalId(SignedBy?.Value, "signedBy");
        faults.OptionalId(CountersignedBy?.Value, "countersignedBy");
        faults.Text(Reference, "reference");
        if (SignedOn is not null || SignedBy is not null || CountersignedBy is not null)
        {
            const string whole = "A day and the signatures of both sides belong together.";
            if (SignedOn is null)
                faults.Add(RecordCodes.Required, whole, "signedOn");
            if (SignedBy is null)
                faults.Add(RecordCodes.Required, whole, "signedBy");
            if (CountersignedBy is null)
                faults.Add(RecordCodes.Required, whole, "countersignedBy");
            else if (CountersignedBy == SignedBy)
                faults.Add(RecordCodes.BadValue, "The two sides are two people.", "countersignedBy");
        }
    }
}
