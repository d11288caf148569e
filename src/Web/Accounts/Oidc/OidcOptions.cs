using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ConsultHub.Accounts;

namespace ConsultHub.Web.Accounts.Oidc;

/// <summary>The institutions' providers of OpenID Connect (<c>Hub:Oidc</c>).</summary>
public sealed record OidcOptions
{
    private const int MostProviders = 20;

    public OidcProvider[] Providers { get; init; } = [];

    /// <summary>How often a provider has to confirm each open sign-in.</summary>
    public TimeSpan CheckEvery { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a sign-in stays open after its last confirmation if the provider is away.</summary>
    public TimeSpan AwayFor { get; init; } = TimeSpan.FromHours(1);

    public OidcProvider? Find(string name) => Providers.FirstOrDefault(p => p.Name == name);

    public OidcProvider? OfIssuer(string issuer) => Providers.FirstOrDefault(p => p.Issuer == issuer);

    /// <summary>Returns what is wrong with the settings, or null.</summary>
    internal string? Fault() =>
        CheckEvery < TimeSpan.FromSeconds(1) || CheckEvery > TimeSpan.FromDays(1) ? "CheckEvery must be between a second and a day."
        : AwayFor < CheckEvery || AwayFor > TimeSpan.FromDays(7) ? "AwayFor must be between CheckEvery and seven days."
        : Providers.Length > MostProviders ? $"At most {MostProviders} providers are possible."
        : Providers.Select(p => p.Name).Distinct().Count() < Providers.Length ? "Two providers have the same Name."
        : Providers.Select(p => p.Issuer).Distinct().Count() < Providers.Length ? "Two providers have the same issuer."
        : Providers.Select(p => p.Fault() is { } fault ? $"{p.Name}: {fault}" : null).FirstOrDefault(f => f is not null);
}

/// <summary>One institution's provider.</summary>
public sealed partial record OidcProvider
{
    /// <summary>The name in addresses, such as <c>ehs</c>. The provider's address of return contains it.</summary>
    public string Name { get; init; } = "";

    /// <summary>What people see on the button. English.</summary>
    public string Label { get; init; } = "";

    public string? LabelAr { get; init; }

    public string? LabelKo { get; init; }

    /// <summary>The provider's address. Its description is at <c>/.well-known/openid-configuration</c> below it.</summary>
    public string Authority { get; init; } = "";

    /// <summary>What the provider calls itself in its tokens, if it is not <see cref="Authority"/>.</summary>
    public string? CalledIssuer { get; init; }

    public string ClientId { get; init; } = "";

    public string ClientSecret { get; init; } = "";

    /// <summary>Separated by spaces. Without <c>offline_access</c> most providers give no token for checking again.</summary>
    public string Scopes { get; init; } = "openid profile email offline_access";

    /// <summary>
    /// The parameter <c>prompt</c>, such as <c>consent</c>. Some providers give a token for checking again only then. None by default.
    /// </summary>
    public string? Prompt { get; init; }

    /// <summary>Which values of claims give which roles.</summary>
    public MappedRole[] MapRoles { get; init; } = [];

    /// <summary>
    /// Whether an unknown person gets an account when claims give the person a role. Otherwise the hub refuses everybody whom nobody has
    /// connected.
    /// </summary>
    public bool OpensAccounts { get; init; }

    /// <summary>The values of the claim <c>amr</c> that count as a second factor, separated by spaces. None by default.</summary>
    public string FactorMethods { get; init; } = "";

    /// <summary>The issuer in the form in which the hub keeps it.</summary>
    public string Issuer => (CalledIssuer ?? Authority).TrimEnd('/');

    public LocalName Names => new(Label.Length == 0 ? Name : Label, LabelAr, LabelKo);

    internal string Scheme => $"oidc-{Name}";

    internal string Callback => $"/api/session/oidc/{Name}/callback";

    [GeneratedRegex(@"^[a-z][a-z0-9-]{0,39}\z")]
    private static partial Regex NameForm();

    /// <summary>Whether a message to this address cannot be read on its way.</summary>
    internal static bool IsSafe(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));

    internal string? Fault() =>
        !NameForm().IsMatch(Name) ? "Name has 1 to 40 small letters, digits and hyphens, and begins with a letter."
        : !IsSafe(Authority) ? "Authority must begin with https://, except on this machine."
        : Issuer.Length > 500 ? "The issuer is too long."
        : ClientId.Length == 0 ? "ClientId is missing."
        : !Split(Scopes).Contains("openid") ? "Scopes must contain openid."
        : MapRoles.Length > 200 ? "At most 200 entries of MapRoles are possible."
        : MapRoles
            .Select(m => m.Fault() is { } fault ? $"MapRoles, {m.Claim} {m.Value}: {fault}" : null)
            .FirstOrDefault(f => f is not null);

    internal static string[] Split(string words) =>
        words.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>The role of people whose claim has a value.</summary>
public sealed record MappedRole
{
    /// <summary>The claim's name, such as <c>groups</c>. Dots lead into objects: <c>realm_access.roles</c>.</summary>
    public string Claim { get; init; } = "";

    /// <summary>The claim's value, or one of its values if it is a list.</summary>
    public string Value { get; init; } = "";

    public Role Role { get; init; } = Role.System;

    public string? Network { get; init; }

    public string[] Hospitals { get; init; } = [];

    public string? Partner { get; init; }

    internal Grant ToGrant(string issuer, DateTimeOffset now) =>
        new(
            Guid.NewGuid(),
            Role,
            new GrantScope
            {
                Network = Network is null ? null : TextId.Parse<NetworkId>(Network),
                Hospitals = [.. Hospitals.Select(h => TextId.Parse<HospitalId>(h))],
                Partner = Partner is null ? null : TextId.Parse<PartnerId>(Partner),
            },
            now,
            null,
            Actor.System.Person,
            issuer
        );

    internal string? Fault()
    {
        if (Claim.Length == 0 || Value.Length == 0)
            return "Claim and Value are needed.";
        try
        {
            return ToGrant("", DateTimeOffset.UnixEpoch).Fault();
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return e.Message;
        }
    }
}
