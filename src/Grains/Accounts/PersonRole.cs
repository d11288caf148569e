using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ConsultHub.Records;

namespace ConsultHub.Accounts;

/// <summary>
/// One role of one account, as a table has it. An account with two roles has two rows, and an account without a role has a row without one.
/// </summary>
/// <param name="Email">Null if the person has no address.</param>
/// <param name="Person">The person's id. In a row for a new account it may be a consultant's. Null makes a new id.</param>
/// <param name="From">UTC. Null in a new row means now.</param>
/// <param name="Until">UTC. Null leaves the period open.</param>
[GenerateSerializer, Immutable, Alias("hub.PersonRole")]
public sealed record PersonRole(
    [property: Id(0)] string UserName,
    [property: Id(1)] LocalName Name,
    [property: Id(2)] string? Email = null,
    [property: Id(3)] Role? Role = null,
    [property: Id(4)] NetworkId? Network = null,
    [property: Id(5)] ImmutableArray<HospitalId> Hospitals = default,
    [property: Id(6)] PartnerId? Partner = null,
    [property: Id(7)] ConferenceId? Conference = null,
    [property: Id(8)] SessionId? Session = null,
    [property: Id(9)] PersonId? Person = null,
    [property: Id(10)] DateTimeOffset? From = null,
    [property: Id(11)] DateTimeOffset? Until = null
) : IRecord
{
    public const string Part = "role";

    /// <summary>The importing person's grant that gives the right to give the role. See <see cref="AccessCommand.Basis"/>.</summary>
    [Id(12), JsonIgnore]
    public Guid? Basis { get; init; }

    /// <summary>The grant on which the right to change the name and the address rests.</summary>
    [Id(13), JsonIgnore]
    public Guid? ChangeBasis { get; init; }

    RecordId IRecord.Record => new(Part, Key);

    [JsonIgnore]
    public GrantScope Scope =>
        new()
        {
            Network = Network,
            Hospitals = Hospitals.IsDefault ? [] : Hospitals,
            Partner = Partner,
            Conference = Conference,
            Session = Session,
        };

    /// <summary>The user name, the role and its scope. The period is not part of it.</summary>
    [JsonIgnore]
    public string Key
    {
        get
        {
            var hospitals = string.Join('+', (Hospitals.IsDefault ? [] : Hospitals).Select(h => h.Value));
            return $"{UserName}~{Role?.ToString().ToLowerInvariant()}~{Network}~{hospitals}~{Partner}~{Conference}~{Session}".TrimEnd('~');
        }
    }

    /// <summary>
    /// The rows of an account. If the account has a role for several periods, its row has the period that ends last. Devices and guests
    /// have none, because they sign in with links and not with a user name.
    /// </summary>
    public static IEnumerable<PersonRole> AllOf(Account account) =>
        account.Kind != AccountKind.Person ? []
        : account.Grants.IsEmpty ? [Of(account, null)]
        : account
            .Grants.OrderByDescending(g => g.Until ?? DateTimeOffset.MaxValue)
            .Select(g => Of(account, g))
            .DistinctBy(row => row.Key)
            .OrderBy(row => row.Key, StringComparer.Ordinal);

    internal static PersonRole Of(Account account, Grant? grant) =>
        new(
            account.UserName,
            account.Name,
            account.Email,
            grant?.Role,
            grant?.Scope.Network,
            [.. (grant?.Scope.Hospitals ?? []).OrderBy(h => h.Value, StringComparer.Ordinal)],
            grant?.Scope.Partner,
            grant?.Scope.Conference,
            grant?.Scope.Session,
            account.Person,
            grant?.From,
            grant?.Until
        );
}
