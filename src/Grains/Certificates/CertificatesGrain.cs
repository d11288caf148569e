using System.Collections.Immutable;
using System.Security.Cryptography;
using ConsultHub.Journal;
using ConsultHub.Live;
using Orleans.Concurrency;

namespace ConsultHub.Certificates;

[GenerateSerializer, Immutable, Alias("hub.CertificateEvent")]
internal abstract record CertificateEvent;

[GenerateSerializer, Immutable, Alias("hub.CertificateIssued")]
internal sealed record CertificateIssued([property: Id(0)] Certificate Certificate, [property: Id(1)] int? Place = null) : CertificateEvent;

[GenerateSerializer, Immutable, Alias("hub.CertificateRevoked")]
internal sealed record CertificateRevoked([property: Id(0)] string Number, [property: Id(1)] Revocation Revocation) : CertificateEvent;

[GenerateSerializer, Immutable, Alias("hub.CompletionIssued")]
internal sealed record CompletionIssued([property: Id(0)] CompletionCertificate Certificate, [property: Id(1)] int? Place = null)
    : CertificateEvent;

/// <summary>All certificates of a register by number.</summary>
[GenerateSerializer, Immutable, Alias("hub.CertificateRegister")]
internal sealed record CertificateRegister : IAuthorityState<CertificateRegister, CertificateEvent>
{
    [Id(0)]
    public ImmutableDictionary<string, IssuedCertificate> Issued { get; init; } = ImmutableDictionary<string, IssuedCertificate>.Empty;

    [Id(1)]
    public ImmutableDictionary<string, IssuedCompletion> Completions { get; init; } = ImmutableDictionary<string, IssuedCompletion>.Empty;

    /// <summary>
    /// The places of certificates in the register's status list, by number. Certificates of earlier releases have none here.
    /// </summary>
    [Id(2)]
    public ImmutableDictionary<string, int> Places
    {
        get => field ?? ImmutableDictionary<string, int>.Empty; // earlier releases stored none
        init;
    } = ImmutableDictionary<string, int>.Empty;

    public int Count => Issued.Count + Completions.Count;

    public bool Has(string number) => Issued.ContainsKey(number) || Completions.ContainsKey(number);

    public CertificateRegister Apply(JournalEntry<CertificateEvent> entry) =>
        entry.Events.Aggregate(
            this,
            (register, happened) =>
                happened switch
                {
                    CertificateIssued issued => register with
                    {
                        Issued = register.Issued.SetItem(issued.Certificate.Number, new(issued.Certificate)),
                        Places = register.With(issued.Certificate.Number, issued.Place),
                    },
                    CompletionIssued issued => register with
                    {
                        Completions = register.Completions.SetItem(issued.Certificate.Number, new(issued.Certificate)),
                        Places = register.With(issued.Certificate.Number, issued.Place),
                    },
                    CertificateRevoked revoked when register.Completions.TryGetValue(revoked.Number, out var completion) => register with
                    {
                        Completions = register.Completions.SetItem(revoked.Number, completion with { Revoked = revoked.Revocation }),
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

    private ImmutableDictionary<string, int> With(string number, int? place) => place is { } at ? Places.SetItem(number, at) : Places;

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

    /// <summary>
    /// Places are drawn from the second half of a status list. So a certificate that was lost in a restore hardly ever has the place of a
    /// later one. The certificates of earlier releases have the version at which they were issued, in the first half.
    /// </summary>
    private const int FirstPlace = 65_536,
        ListLength = 131_072;

    /// <summary>If more places than this are unknown, the journal is read as a whole.</summary>
    private const int MostLookedUp = 50;

    /// <summary>The places that were looked up. A place never changes.</summary>
    private readonly Dictionary<string, long> _places = [];

    private Task? _readingPlaces;

    public async Task<IssueOutcome> IssueAsync(Actor actor, Certificate certificate)
    {
        var mine = Of(Head, certificate.Person).ToList();
        var valid = mine.Where(c => c.Revoked is null && c.Certificate.Policy.Id == certificate.Policy.Id).ToList();
        if (valid.FirstOrDefault(c => c.Certificate.SaysAs(certificate)) is { } same)
        {
            await WhenAllStoredAsync();
            return new(same.Certificate);
        }
        if (Head.Count >= Most || mine.Count >= MostOfOne || Head.Has(certificate.Number))
            return new(null, CertificateCodes.Full);
        var replaced = valid.Select(c => new CertificateRevoked(
            c.Certificate.Number,
            new(Clock.GetUtcNow(), actor.Person, certificate.Number)
        ));
        await CommitAsync(
            new(actor, Guid.Empty, [new CertificateIssued(certificate, NewPlace()), .. replaced])
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
        var (attended, completed) = (Head.Issued.GetValueOrDefault(number), Head.Completions.GetValueOrDefault(number));
        if ((attended?.Certificate.Person ?? completed?.Certificate.Person) is not { } person)
            return CertificateCodes.Unknown;
        if (attended?.Revoked is null && completed?.Revoked is null)
            await CommitAsync(
                new(actor, Guid.Empty, [new CertificateRevoked(number, new(Clock.GetUtcNow(), actor.Person))])
                {
                    Reason = words,
                    Subjects = [$"person/{person}", $"certificate/{number}"],
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

    public async Task<CompletionOutcome> IssueCompletionAsync(Actor actor, CompletionCertificate certificate)
    {
        var mine = Head.Completions.Values.Where(c => c.Certificate.Person == certificate.Person).ToList();
        var valid = mine.Where(c => c.Revoked is null && c.Certificate.Cohort == certificate.Cohort).ToList();
        if (valid.FirstOrDefault(c => c.Certificate.SaysAs(certificate)) is { } same)
        {
            await WhenAllStoredAsync();
            return new(same.Certificate);
        }
        if (
            Head.Count >= Most
            || mine.Count >= MostOfOne
            || Head.Has(certificate.Number)
            || certificate.Lines.Length > CompletionRules.MostLines
        )
            return new(null, CertificateCodes.Full);
        var replaced = valid.Select(c => new CertificateRevoked(
            c.Certificate.Number,
            new(Clock.GetUtcNow(), actor.Person, certificate.Number)
        ));
        await CommitAsync(
            new(actor, Guid.Empty, [new CompletionIssued(certificate, NewPlace()), .. replaced])
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

    public Task<IssuedCompletion?> GetCompletionAsync(string number) => Task.FromResult(Stored.Completions.GetValueOrDefault(number));

    public Task<ImmutableArray<IssuedCompletion>> ListCompletionsAsync(PersonId? person) =>
        Task.FromResult(
            Stored
                .Completions.Values.Where(c => person is null || c.Certificate.Person == person)
                .OrderByDescending(c => c.Certificate.IssuedAt)
                .ThenBy(c => c.Certificate.Number, StringComparer.Ordinal)
                .ToImmutableArray()
        );

    public async Task<long?> PlaceAsync(string number) => Stored.Has(number) ? await PlaceOfAsync(number) : null;

    public async Task<ImmutableArray<long>?> RevokedPlacesAsync()
    {
        if (Stored.Count == 0)
            return null;
        string[] revoked =
        [
            .. Stored.Issued.Where(c => c.Value.Revoked is not null).Select(c => c.Key),
            .. Stored.Completions.Where(c => c.Value.Revoked is not null).Select(c => c.Key),
        ];
        if (revoked.Count(number => !Stored.Places.ContainsKey(number) && !_places.ContainsKey(number)) > MostLookedUp)
            await (_readingPlaces ??= ReadPlacesAsync());
        var places = ImmutableArray.CreateBuilder<long>(revoked.Length);
        foreach (var number in revoked)
            places.Add(await PlaceOfAsync(number));
        places.Sort();
        return places.MoveToImmutable();
    }

    private int NewPlace()
    {
        while (true)
            if (RandomNumberGenerator.GetInt32(FirstPlace, ListLength) is var place && !Head.Places.ContainsValue(place))
                return place;
    }

    /// <summary>The place, or for a certificate of an earlier release the version at which the journal says that it was issued.</summary>
    private async Task<long> PlaceOfAsync(string number)
    {
        if (Stored.Places.TryGetValue(number, out var place))
            return place;
        if (_places.TryGetValue(number, out var known))
            return known;
        await foreach (var (entry, _) in HistoryAsync($"certificate/{number}", null))
            if (entry.Events.Any(e => NumberIssuedBy(e) == number))
                return _places[number] = entry.Version;
        throw new InvalidOperationException($"The journal does not say when the certificate {number} was issued.");
    }

    /// <summary>Reads the whole journal once, which costs less than many look-ups.</summary>
    private async Task ReadPlacesAsync()
    {
        await foreach (var (entry, _) in HistoryAsync(null, null))
        foreach (var number in entry.Events.Select(NumberIssuedBy).OfType<string>())
            _places[number] = entry.Version;
    }

    private static string? NumberIssuedBy(CertificateEvent happened) =>
        happened switch
        {
            CertificateIssued issued => issued.Certificate.Number,
            CompletionIssued issued => issued.Certificate.Number,
            _ => null,
        };

    private static IEnumerable<IssuedCertificate> Of(CertificateRegister register, PersonId person) =>
        register.Issued.Values.Where(c => c.Certificate.Person == person);
}
