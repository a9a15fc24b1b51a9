package io.siaran.localstack.simulator;

/**
 * What somebody answers on a phone.
 *
 * @param platform whose device it is for
 * @param device the token, or the session, of that device
 * @param phone who answers
 * @param lidOnly whether the platform names the person by the LID alone
 * @param group whether it was said in a group
 * @param fromMe whether the device's owner said it, on the phone of the device
 * @param id the platform's id of it; made up where it is null
 */
record Reply(
        String platform,
        String device,
        String phone,
        String text,
        boolean lidOnly,
        boolean group,
        boolean fromMe,
        String id) {

    Reply {
        if (platform == null || device == null || phone == null || text == null) {
            throw new IllegalArgumentException("platform, device, phone and text are needed");
        }
        id = id == null ? Ids.whatsapp() : id;
    }
}
