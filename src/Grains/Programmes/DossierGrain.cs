using ConsultHub.Directories;
using ConsultHub.Journal;
using ConsultHub.Live;
using ConsultHub.Records;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace ConsultHub.Programmes;

/// <summary>
/// A person's papers and applications. Key: the person. Everybody who has an account has a dossier, which is empty at first.
/// </summary>
[Alias("hub.IDossierGrain")]
public interface IDossierGrain : IRecordOwner, ILiveAuthority
{
    [Alias("Get")]
    Task<Dossier> GetAsync();

    /// <summary>Stores that somebody has checked a paper, or takes the check back.</summary>
    /// <param name="tag">The tag of the record that the person saw. Null takes the check back.</param>
    /// <returns>The code of a refusal, or null.</returns>
    [Alias("Check")]
    Task<string?> CheckDocumentAsync(Actor actor, string document, string? tag);
}

[Reentrant, GrainType("dossier")]
internal sealed class DossierGrain(AuthorityServices services) : RecordGrain<Dossier>("dossier", services), IDossierGrain
{
    protected override Dossier Begins => new();

    public Task<Dossier> GetAsync() => Task.FromResult((Stored.Profile ?? Begins) with { Version = Stored.Version });

    public async Task<string?> CheckDocumentAsync(Actor actor, string document, string? tag)
    {
        var dossier = Head.Profile ?? Begins;
        if (dossier.Documents.FirstOrDefault(d => d.Id == document) is not { } known)
            return RecordCodes.Unknown;
        // Nobody confirms the own papers.
        if (actor.Person.Value == this.GetPrimaryKeyString())
            return ProgrammeCodes.OwnDocument;
        if (tag is not null && tag != RecordTag.Of(known))
            return RecordCodes.Changed;
        if (dossier.IsChecked(known) == tag is not null)
            await WhenAllStoredAsync();
        else
            await CommitAsync(
                new(
                    actor,
                    Guid.NewGuid(),
                    [new DocumentChecked(document, tag is null ? null : new(document, tag, actor.Person, Clock.GetUtcNow()))]
                )
                {
                    Subjects = [((IRecord)known).Record.Subject],
                }
            );
        return null;
    }

    protected override Decision<ProfileEvent<Dossier>>? Receive(GrainId sender, OutboxMessage message) =>
        message.Payload is not ApplicationTold told
            ? null
            : new(Actor.System, Guid.Empty, [new ApplicationNoted(told)])
            {
                // From the first application on, the network's people see the dossier.
                Outbox = Head.Profile?.Networks.Contains(told.Network) == true ? [] : [ListedIn(told.Network).Message],
            };

    /// <summary>Tells the programmes in which the person has a place.</summary>
    protected override IEnumerable<OutboxMessage> MessagesOf(Actor actor, Dossier? before, Dossier? after, long version) =>
        (after?.Applications ?? [])
            .Where(a => a.Status == ApplicationStatus.Accepted)
            .Select(a => a.Programme)
            .Distinct()
            .Select(programme => new OutboxMessage(
                0,
                GrainId.Create("programme", programme.Value),
                new PapersChanged(new(this.GetPrimaryKeyString())),
                "papers"
            ));

    private Listing ListedIn(NetworkId network) =>
        new($"{network}/dossiers", new(this.GetPrimaryKeyString(), new(this.GetPrimaryKeyString())));

    protected override IEnumerable<IListing> ListingsOf(Dossier? before, Dossier? after, long version) => [];
}
