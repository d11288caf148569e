using ConsultHub.Mail;
using ConsultHub.Silo;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace ConsultHub.Web.Mail;

/// <summary>The hub's mails, for the people who look after it.</summary>
public static class MailApi
{
    /// <param name="On">Whether the hub sends mail.</param>
    /// <param name="Waiting">How many mails wait to be sent.</param>
    /// <param name="Failed">The mails that could not be delivered, the newest first. At most 200.</param>
    /// <param name="Why">What the mail server said last about a mail that waits. Null if it has refused none.</param>
    /// <param name="Deferred">How many of the waiting mails the server has not taken yet, although the hub has tried.</param>
    public sealed record MailStatus(bool On, int Waiting, IReadOnlyList<MailView> Failed, string? Why, int Deferred);

    public static IServiceCollection AddMail(this IServiceCollection services)
    {
        services.AddOptions<MailOptions>().BindConfiguration("Hub:Mail").ValidateOnStart();
        services.AddSingleton<IValidateOptions<MailOptions>, MailOptionsValidator>();
        return services.AddSingleton<MailBox>().AddHostedService<MailSender>();
    }

    public static void MapMail(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/mail", (Delegate)GetAsync).WithTags("Mail").Requires(Access.To(MailActions.Read, Thing.None));

    private static async Task<Ok<MailStatus>> GetAsync(HttpContext http)
    {
        var box = http.RequestServices.GetRequiredService<MailBox>();
        var report = await box.Grain.ReportAsync();
        return TypedResults.Ok(new MailStatus(box.IsOn, report.Waiting, report.Failed, report.Why, report.Deferred));
    }
}

/// <summary>Checks the settings of mail when the node starts.</summary>
internal sealed class MailOptionsValidator(IOptions<HubOptions> hub) : IValidateOptions<MailOptions>
{
    public ValidateOptionsResult Validate(string? name, MailOptions options) =>
        options.Fault(hub.Value.PublicUrl) is { } fault ? ValidateOptionsResult.Fail(fault) : ValidateOptionsResult.Success;
}
