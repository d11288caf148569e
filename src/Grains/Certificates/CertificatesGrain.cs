using System.Collections.Immutable;
using ConsultHub.Journal;
using ConsultHub.Live;
using Orleans.Concurrency;

namespace ConsultHub.Certificates;

[GenerateSerializer, Immutable, Alias("hub.CertificateEvent")]
internal abstract record CertificateEvent;

[GenerateSerializer, Immutable, Alias("hub.CertificateIssued")]
internal sealed record CertificateIssued([property: Id(0)] Certificate Certificate) : CertificateEvent;

[GenerateSerializer, Immutable, Alias("hub.CertificateRevoked")]
internal sealed record CertificateRevoked([property: Id(0)] string Number, [property: Id(1)] Revocation Revocation) : CertificateEvent;

/// <summary>All certificates of a conference by number.</summary>
[GenerateSerializer, Immutable, Alias("hub.CertificateRegister")]
internal sealed record CertificateRegister : IAuthorityState<CertificateRegister, CertificateEvent>
{
    [Id(0)]
    public ImmutableDictionary<string, IssuedCertificate> Issued { get; init; } = ImmutableDictionary<string, IssuedCertificate>.Empty;

    public CertificateRegister Apply(JournalEntry<CertificateEvent> entry) =>
        entry.Events.Aggregate(
            this,
            (register, happened) =>
                happened switch
                {
                    CertificateIssued issued => register with
                    {
                        Issued = register.Issued.SetItem(issued.Certificate.Number, new(issued.Certificate)),
                    },
                    CertificateRevoked revoked => register with
                    {
                        Issued = register.Issued.SetItem(
                            revoked.Number,
                            register.Issued[revoked.Number] with
                            {
                                Revoked = revoked.Revocation,
                            }
                        ),
                    },
                    _ => throw new InvalidOperationException(
                        $"A certificate register has no rule for the event {happened.GetType().Name}."
                    ),
                }
        );

    public IEnumerable<TopicItem> ItemsSince(long version) => [];

    public Tombstones Tombstones => Tombstones.None;
}

[Reentrant, GrainType("certificates")]
internal sealed class CertificatesGrain(AuthorityServices services)
    : AuthorityGrain<CertificateRegister, CertificateEvent>("certificates", services),
        ICertificatesGrain
{
    /// <summary>
    /// The greatest number of certificates in a register, and of one person's certificates in it. Revoked certificates count too.
    /// </summary>
    private const int Most = 50_000,
        MostOfOne = 100;

    public async Task<IssueOutcome> IssueAsync(Actor actor, Certificate certificate)
    {
        var mine = Of(Head, certificate.Person).ToList();
        var valid = mine.Where(c => c.Revoked is null && c.Certificate.Policy.Id == certificate.Policy.Id).ToList();
        if (valid.FirstOrDefault(c => c.Certificate.SaysAs(certificate)) is { } same)
        {
            await WhenAllStoredAsync();
            return new(same.Certificate);
        }
        if (Head.Issued.Count >= Most || mine.Count >= MostOfOne || Head.Issued.ContainsKey(certificate.Number))
            return new(null, CertificateCodes.Full);
        var replaced = valid.Select(c => new CertificateRevoked(
            c.Certificate.Number,
            new(Clock.GetUtcNow(), actor.Person, certificate.Number)
        ));
        await CommitAsync(
            new(actor, Guid.Empty, [new CertificateIssued(certificate), .. replaced])
            {
                Subjects =
                [
                    $"person/{certificate.Person}",
                    $"certificate/{certificate.Number}",
                    .. valid.Select(c => $"certificate/{c.Certificate.Number}"),
                ],
            }
        );
        return new(certificate);
    }

    public async Task<string?> RevokeAsync(Actor actor, string number, string reason)
    {
        if (reason?.Trim() is not { Length: >= 3 and <= 500 } words)
            return CertificateCodes.BadReason;
        if (!Head.Issued.TryGetValue(number, out var issued))
            return CertificateCodes.Unknown;
        if (issued.Revoked is null)
            await CommitAsync(
                new(actor, Guid.Empty, [new CertificateRevoked(number, new(Clock.GetUtcNow(), actor.Person))])
                {
                    Reason = words,
                    Subjects = [$"person/{issued.Certificate.Person}", $"certificate/{number}"],
                }
            );
        else
            await WhenAllStoredAsync();
        return null;
    }

    public Task<IssuedCertificate?> GetAsync(string number) => Task.FromResult(Stored.Issued.GetValueOrDefault(number));

    public Task<ImmutableArray<IssuedCertificate>> ListAsync(PersonId? person) =>
        Task.FromResult(
            (person is { } one ? Of(Stored, one) : Stored.Issued.Values)
                .OrderByDescending(c => c.Certificate.IssuedAt)
                .ThenBy(c => c.Certificate.Number, StringComparer.Ordinal)
                .ToImmutableArray()
        );

    public async Task<string?> ReasonAsync(string number)
    {
        await foreach (var (entry, reason) in HistoryAsync($"certificate/{number}", null))
            if (entry.Events.OfType<CertificateRevoked>().Any(e => e.Number == number))
                return reason;
        return null;
    }

    private static IEnumerable<IssuedCertificate> Of(CertificateRegister register, PersonId person) =>
        register.Issued.Values.Where(c => c.Certificate.Person == person);
}
