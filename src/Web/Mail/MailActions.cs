namespace ConsultHub.Web.Mail;

/// <summary>What people do with this feature. <see cref="Access"/> says who may.</summary>
public static class MailActions
{
    /// <summary>See how many mails wait, and which could not be delivered.</summary>
    public static readonly AccessAction Read = new("mail.read");
}
