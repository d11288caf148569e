using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace ConsultHub.Web.Accounts.Oidc;

/// <summary>The provider does not answer, or its answer makes no sense. Nothing may be concluded from it.</summary>
internal class ProviderAwayException(string message, Exception? reason = null) : Exception(message, reason);

/// <summary>The provider's answer contradicts itself or the settings.</summary>
internal sealed class ProviderLiesException(string message) : ProviderAwayException(message);

/// <summary>The provider says that the person or the session is gone.</summary>
internal sealed class PersonGoneException(string message) : Exception(message);

/// <summary>Talks with the providers. No message of its exceptions contains a token.</summary>
internal sealed class OidcClient(IOptionsMonitor<OpenIdConnectOptions> schemes)
{
    /// <summary>Asymmetric algorithms only. With a symmetric one, everybody who can check a token could also make one.</summary>
    internal static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256,
        SecurityAlgorithms.RsaSha384,
        SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256,
        SecurityAlgorithms.RsaSsaPssSha384,
        SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256,
        SecurityAlgorithms.EcdsaSha384,
        SecurityAlgorithms.EcdsaSha512,
    ];

    private const int LongestAnswer = 1 << 18;

    /// <summary>Returns the provider's description of itself, if it can be trusted.</summary>
    public async Task<OpenIdConnectConfiguration> DescribeAsync(OidcProvider provider, CancellationToken cancel)
    {
        OpenIdConnectConfiguration described;
        try
        {
            described = await schemes.Get(provider.Scheme).ConfigurationManager!.GetConfigurationAsync(cancel);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            throw new ProviderAwayException("The provider's description cannot be read.", e);
        }
        if (described.Issuer?.TrimEnd('/') != provider.Issuer)
            throw new ProviderLiesException("The provider calls itself by another name than the settings.");
        string?[] addresses =
        [
            described.AuthorizationEndpoint,
            described.PushedAuthorizationRequestEndpoint,
            described.TokenEndpoint,
            described.UserInfoEndpoint,
        ];
        return addresses.All(a => string.IsNullOrEmpty(a) || OidcProvider.IsSafe(a))
            ? described
            : throw new ProviderLiesException("The provider names an address that is not safe.");
    }

    /// <summary>Reads the claims of a person whose ID token was checked.</summary>
    /// <param name="payload">The content of the ID token, if there is one.</param>
    public async Task<OidcClaims> ReadAsync(
        OidcProvider provider,
        string subject,
        JsonElement? payload,
        string? accessToken,
        CancellationToken cancel
    )
    {
        var described = await DescribeAsync(provider, cancel);
        if (string.IsNullOrEmpty(described.UserInfoEndpoint) || string.IsNullOrEmpty(accessToken))
            return new(subject, payload, null);
        using var request = new HttpRequestMessage(HttpMethod.Get, described.UserInfoEndpoint);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        var (status, body) = await SendAsync(provider, request, cancel);
        if (status != HttpStatusCode.OK || body is not { ValueKind: JsonValueKind.Object } info)
            throw new ProviderAwayException($"The provider gave no information about the person (status {(int)status}).");
        return TextOf(info, "sub") == subject
            ? new(subject, payload, info)
            : throw new ProviderLiesException("The provider gave information about another person.");
    }

    /// <summary>Asks the provider to confirm a person again.</summary>
    /// <returns>The claims, and the token for the next time.</returns>
    public async Task<(OidcClaims Claims, string Token)> ConfirmAsync(
        OidcProvider provider,
        string subject,
        string refreshToken,
        CancellationToken cancel
    )
    {
        var described = await DescribeAsync(provider, cancel);
        using var request = new HttpRequestMessage(HttpMethod.Post, described.TokenEndpoint)
        {
            Content = new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["grant_type"] = "refresh_token",
                    ["refresh_token"] = refreshToken,
                    ["client_id"] = provider.ClientId,
                    ["client_secret"] = provider.ClientSecret,
                }.Where(field => field.Value.Length > 0)
            ),
        };
        var (status, body) = await SendAsync(provider, request, cancel);
        if (status == HttpStatusCode.BadRequest && TextOf(body, "error") == "invalid_grant")
            throw new PersonGoneException("The provider no longer knows the sign-in.");
        if (status != HttpStatusCode.OK || body is null)
            throw new ProviderAwayException($"The provider did not confirm the sign-in (status {(int)status}).");
        JsonElement? payload = null;
        if (TextOf(body, "id_token") is { } idToken)
        {
            var token =
                await ValidateAsync(provider, idToken, cancel)
                ?? throw new ProviderLiesException("The provider's new ID token is not valid.");
            if (token.Subject != subject)
                throw new ProviderLiesException("The provider's new ID token is about another person.");
            payload = OidcClaims.PayloadOf(token);
        }
        var claims = await ReadAsync(provider, subject, payload, TextOf(body, "access_token"), cancel);
        return (claims, TextOf(body, "refresh_token") ?? refreshToken);
    }

    /// <summary>Checks who made a token, for whom, and when. Null if it is not valid.</summary>
    public async Task<JsonWebToken?> ValidateAsync(OidcProvider provider, string token, CancellationToken cancel, bool expires = true)
    {
        await DescribeAsync(provider, cancel);
        var options = schemes.Get(provider.Scheme);
        var parameters = options.TokenValidationParameters.Clone();
        parameters.ConfigurationManager = options.ConfigurationManager as BaseConfigurationManager;
        parameters.RequireExpirationTime = expires;
        var result = await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(token, parameters);
        return result.IsValid ? (JsonWebToken)result.SecurityToken : null;
    }

    private async Task<(HttpStatusCode Status, JsonElement? Body)> SendAsync(
        OidcProvider provider,
        HttpRequestMessage request,
        CancellationToken cancel
    )
    {
        try
        {
            using var response = await schemes.Get(provider.Scheme).Backchannel.SendAsync(request, cancel);
            var bytes = await response.Content.ReadAsByteArrayAsync(cancel);
            if (bytes.Length is 0 or > LongestAnswer || response.Content.Headers.ContentType?.MediaType != "application/json")
                return (response.StatusCode, null);
            using var document = JsonDocument.Parse(bytes);
            return (response.StatusCode, document.RootElement.Clone());
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or IOException)
        {
            throw new ProviderAwayException("The provider does not answer.", e);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new ProviderAwayException("The provider does not answer in time.", e);
        }
    }

    private static string? TextOf(JsonElement? from, string name) =>
        from is { ValueKind: JsonValueKind.Object } body
        && body.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
